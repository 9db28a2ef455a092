"""The client `google-genai` as it is, against the gateway."""

import base64
import math

from client import CALL, CALLS, KEY, MODEL, PICTURE, POOR_KEY, SCHEMA, SLOW_KEY, URL, WRONG_KEY, refused, run
from google import genai
from google.genai import errors, types

DECLARED = types.FunctionDeclaration(name="get_weather", parameters_json_schema=SCHEMA)
WITH_TOOLS = types.GenerateContentConfig(
    tools=[types.Tool(function_declarations=[DECLARED])],
    automatic_function_calling=types.AutomaticFunctionCallingConfig(disable=True))


def at(key):
    return genai.Client(api_key=key, http_options=types.HttpOptions(base_url=URL))


client = at(KEY)


def ask(contents, config=None):
    return client.models.generate_content(model=MODEL, contents=contents, config=config)


def said(with_key, text="fake:text x", model=MODEL):
    other = at(with_key)
    return lambda: other.models.generate_content(model=model, contents=text)


def text():
    answer = ask("fake:text Grüße 🌍 dir")
    usage = answer.usage_metadata
    return {"text": answer.text, "reason": answer.candidates[0].finish_reason.name, "output": usage.candidates_token_count,
            "sum": usage.prompt_token_count + usage.candidates_token_count == usage.total_token_count}


def stream():
    chunks = list(client.models.generate_content_stream(model=MODEL, contents="fake:text Grüße 🌍 dir"))
    return {"text": "".join(chunk.text or "" for chunk in chunks), "many": len(chunks) > 2,
            "reason": chunks[-1].candidates[0].finish_reason.name,
            "output": chunks[-1].usage_metadata.candidates_token_count}


def tools():
    answer = ask(CALL, WITH_TOOLS)
    call = answer.function_calls[0]
    result = types.Part.from_function_response(name=call.name, response={"output": "21 °C"})
    contents = [types.UserContent(CALL), answer.candidates[0].content, types.Content(role="user", parts=[result])]
    return {"name": call.name, "city": call.args["city"], "after": ask(contents, WITH_TOOLS).text}


def parallel_tools():
    chunks = client.models.generate_content_stream(model=MODEL, contents=CALLS, config=WITH_TOOLS)
    return [call.args["city"] for chunk in chunks for call in chunk.function_calls or []]


def thinking():
    config = types.GenerateContentConfig(thinking_config=types.ThinkingConfig(include_thoughts=True))
    answer = ask("fake:think\nfake:text ok", config)
    parts = answer.candidates[0].content.parts
    return {"thought": "".join(part.text for part in parts if part.thought),
            "counted": answer.usage_metadata.thoughts_token_count > 0}


def image():
    parts = [types.Part.from_text(text="fake:seen"),
             types.Part.from_bytes(data=base64.b64decode(PICTURE), mime_type="image/png")]
    return {"text": ask(types.Content(role="user", parts=parts), WITH_TOOLS).text}


def embeddings():
    config = types.EmbedContentConfig(output_dimensionality=3)
    both = client.models.embed_content(model=MODEL, contents=["one", "two"], config=config).embeddings
    one = client.models.embed_content(model=MODEL, contents="one", config=config).embeddings[0]
    return {"vectors": len(both), "numbers": len(one.values), "near": math.dist(one.values, both[0].values) < 1e-6}


def count():
    return client.models.count_tokens(model=MODEL, contents="x" * 400).total_tokens > 100


def models():
    return {"listed": f"models/{MODEL}" in [model.name for model in client.models.list()],
            "one": client.models.get(model=MODEL).name}


def cancel():
    events = client.models.generate_content_stream(model=MODEL, contents="fake:slow 600")
    for _, chunk in zip(range(3), events):
        assert chunk.candidates
    events.close()
    return "closed"


ERRORS = (errors.APIError,)
run({
    "text": text, "stream": stream, "tools": tools, "parallel_tools": parallel_tools, "thinking": thinking,
    "image": image, "embeddings": embeddings, "count": count, "models": models,
    "wrong_key": lambda: refused(said(WRONG_KEY), *ERRORS),
    "poor": lambda: refused(said(POOR_KEY), *ERRORS),
    "unknown_model": lambda: refused(said(KEY, model="scripted-no-such"), *ERRORS),
    "limited": lambda: (said(SLOW_KEY)() and None) or refused(said(SLOW_KEY), *ERRORS),
    "provider_400": lambda: refused(said(KEY, "fake:error 400"), *ERRORS),
    "provider_503": lambda: refused(said(KEY, "fake:error 503"), *ERRORS),
    "cancel": cancel,
})
