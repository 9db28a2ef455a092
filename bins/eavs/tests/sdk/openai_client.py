"""The client `openai` as it is, against the gateway."""

import json
import math

import openai
from client import CALL, CALLS, KEY, MODEL, PICTURE, POOR_KEY, SCHEMA, SLOW_KEY, URL, WRONG_KEY, refused, run

client = openai.OpenAI(base_url=f"{URL}/v1", api_key=KEY, max_retries=0)
TOOLS = [{"type": "function", "function": {"name": "get_weather", "parameters": SCHEMA}}]
FLAT_TOOLS = [{"type": "function", "name": "get_weather", "parameters": SCHEMA, "strict": False}]


def user(text):
    return [{"role": "user", "content": text}]


def ask(text, **more):
    return client.chat.completions.create(model=MODEL, messages=user(text), **more)


def said(with_key, text="fake:text x", model=MODEL):
    other = openai.OpenAI(base_url=f"{URL}/v1", api_key=with_key, max_retries=0)
    return lambda: other.chat.completions.create(model=model, messages=user(text))


def text():
    answer = ask("fake:text Grüße 🌍 dir")
    usage = answer.usage
    return {"text": answer.choices[0].message.content, "reason": answer.choices[0].finish_reason,
            "sum": usage.prompt_tokens + usage.completion_tokens == usage.total_tokens, "output": usage.completion_tokens}


def stream():
    chunks = list(ask("fake:text Grüße 🌍 dir", stream=True))
    told = list(ask("fake:text a b", stream=True, stream_options={"include_usage": True}))
    return {"text": "".join(c.choices[0].delta.content or "" for c in chunks if c.choices),
            "reason": chunks[-1].choices[0].finish_reason, "usage": [c.usage is not None for c in chunks].count(True),
            "asked_usage": told[-1].usage.completion_tokens}


def tools():
    answer = ask(CALL, tools=TOOLS)
    call = answer.choices[0].message.tool_calls[0]
    messages = [*user(CALL), answer.choices[0].message, {"role": "tool", "tool_call_id": call.id, "content": "21 °C"}]
    after = client.chat.completions.create(model=MODEL, messages=messages, tools=TOOLS)
    return {"name": call.function.name, "city": json.loads(call.function.arguments)["city"],
            "reason": answer.choices[0].finish_reason, "after": after.choices[0].message.content}


def parallel_tools():
    with client.chat.completions.stream(model=MODEL, messages=user(CALLS), tools=TOOLS) as events:
        for _ in events:
            pass
        message = events.get_final_completion().choices[0].message
    return [json.loads(call.function.arguments)["city"] for call in message.tool_calls]


def thinking():
    return {"thought": ask("fake:think\nfake:text ok").choices[0].message.reasoning_content}


def image():
    parts = [{"type": "text", "text": "fake:seen"},
             {"type": "image_url", "image_url": {"url": f"data:image/png;base64,{PICTURE}"}}]
    return {"text": ask(parts, tools=TOOLS).choices[0].message.content}


def embeddings():
    coded = client.embeddings.create(model=MODEL, input=["one", "two"], dimensions=3)
    plain = client.embeddings.create(model=MODEL, input="one", dimensions=3, encoding_format="float")
    near = math.dist(coded.data[0].embedding, plain.data[0].embedding) < 1e-6
    return {"vectors": len(coded.data), "numbers": len(coded.data[0].embedding), "near": near,
            "used": coded.usage.prompt_tokens > 0}


def models():
    listed = [model.id for model in client.models.list()]
    return {"listed": MODEL in listed, "one": client.models.retrieve(MODEL).id}


def responses():
    answer = client.responses.create(model=MODEL, input="fake:think\nfake:text Grüße 🌍")
    called = client.responses.create(model=MODEL, input=CALL, tools=FLAT_TOOLS)
    call = next(item for item in called.output if item.type == "function_call")
    after = client.responses.create(model=MODEL, tools=FLAT_TOOLS, input=[
        {"role": "user", "content": CALL}, call.model_dump(exclude_none=True),
        {"type": "function_call_output", "call_id": call.call_id, "output": "21 °C"}])
    seen = client.responses.create(model=MODEL, input=[{"role": "user", "content": [
        {"type": "input_text", "text": "fake:seen"},
        {"type": "input_image", "detail": "auto", "image_url": f"data:image/png;base64,{PICTURE}"}]}])
    return {"text": answer.output_text, "kinds": [item.type for item in answer.output],
            "city": json.loads(call.arguments)["city"], "after": after.output_text, "seen": seen.output_text,
            "used": answer.usage.output_tokens}


def responses_stream():
    kinds, text = [], ""
    with client.responses.stream(model=MODEL, input="fake:text Grüße 🌍") as events:
        for event in events:
            kinds.append(event.type)
            text += event.delta if event.type == "response.output_text.delta" else ""
        final = events.get_final_response()
    return {"text": text, "first": kinds[0], "last": kinds[-1], "final": final.output_text, "status": final.status}


def cancel():
    events = ask("fake:slow 600", stream=True)
    for _, chunk in zip(range(3), events):
        assert chunk.choices
    events.close()
    return "closed"


ERRORS = (openai.APIError,)
run({
    "text": text, "stream": stream, "tools": tools, "parallel_tools": parallel_tools, "thinking": thinking,
    "image": image, "embeddings": embeddings, "models": models, "responses": responses,
    "responses_stream": responses_stream,
    "wrong_key": lambda: refused(said(WRONG_KEY), *ERRORS),
    "poor": lambda: refused(said(POOR_KEY), *ERRORS),
    "unknown_model": lambda: refused(said(KEY, model="scripted-no-such"), *ERRORS),
    "limited": lambda: (said(SLOW_KEY)() and None) or refused(said(SLOW_KEY), *ERRORS),
    "provider_400": lambda: refused(said(KEY, "fake:error 400"), *ERRORS),
    "provider_503": lambda: refused(said(KEY, "fake:error 503"), *ERRORS),
    "cancel": cancel,
})
