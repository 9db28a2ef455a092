"""The client `anthropic` as it is, against the gateway."""

import anthropic
from client import CALL, CALLS, KEY, MODEL, PICTURE, POOR_KEY, SCHEMA, SLOW_KEY, URL, WRONG_KEY, refused, run

client = anthropic.Anthropic(base_url=URL, api_key=KEY, max_retries=0)
TOOLS = [{"name": "get_weather", "input_schema": SCHEMA}]


def user(text):
    return [{"role": "user", "content": text}]


def ask(text, **more):
    return client.messages.create(model=MODEL, max_tokens=2000, messages=user(text), **more)


def said(with_key, text="fake:text x", model=MODEL):
    other = anthropic.Anthropic(base_url=URL, api_key=with_key, max_retries=0)
    return lambda: other.messages.create(model=model, max_tokens=9, messages=user(text))


def text():
    answer = ask("fake:text Grüße 🌍 dir")
    return {"text": answer.content[0].text, "reason": answer.stop_reason, "output": answer.usage.output_tokens,
            "input": answer.usage.input_tokens > 0}


def stream():
    with client.messages.stream(model=MODEL, max_tokens=2000, messages=user("fake:text Grüße 🌍 dir")) as events:
        text = "".join(events.text_stream)
        final = events.get_final_message()
    return {"text": text, "reason": final.stop_reason, "output": final.usage.output_tokens,
            "input": final.usage.input_tokens > 0}


def tools():
    answer = ask(CALL, tools=TOOLS)
    call = next(block for block in answer.content if block.type == "tool_use")
    result = {"type": "tool_result", "tool_use_id": call.id, "content": [{"type": "text", "text": "21 °C"}]}
    messages = [*user(CALL), {"role": "assistant", "content": answer.content}, *user([result])]
    after = client.messages.create(model=MODEL, max_tokens=99, messages=messages, tools=TOOLS)
    return {"name": call.name, "city": call.input["city"], "reason": answer.stop_reason, "after": after.content[0].text}


def parallel_tools():
    with client.messages.stream(model=MODEL, max_tokens=99, messages=user(CALLS), tools=TOOLS) as events:
        final = events.get_final_message()
    return [block.input["city"] for block in final.content if block.type == "tool_use"]


def thinking():
    with client.messages.stream(model=MODEL, max_tokens=2000, messages=user("fake:think\nfake:text ok"),
                                thinking={"type": "enabled", "budget_tokens": 1024}) as events:
        block = events.get_final_message().content[0]
    return {"thought": block.thinking, "signature": block.signature}


def image():
    source = {"type": "base64", "media_type": "image/png", "data": PICTURE}
    parts = [{"type": "text", "text": "fake:seen"}, {"type": "image", "source": source}]
    return {"text": ask(parts, tools=TOOLS).content[0].text}


def count():
    return client.messages.count_tokens(model=MODEL, messages=user("x" * 400)).input_tokens > 100


def models():
    return {"listed": MODEL in [model.id for model in client.models.list()], "one": client.models.retrieve(MODEL).id}


def cancel():
    events = ask("fake:slow 600", stream=True)
    for _, event in zip(range(5), events):
        assert event.type
    events.close()
    return "closed"


ERRORS = (anthropic.APIError,)
run({
    "text": text, "stream": stream, "tools": tools, "parallel_tools": parallel_tools, "thinking": thinking,
    "image": image, "count": count, "models": models,
    "wrong_key": lambda: refused(said(WRONG_KEY), *ERRORS),
    "poor": lambda: refused(said(POOR_KEY), *ERRORS),
    "unknown_model": lambda: refused(said(KEY, model="scripted-no-such"), *ERRORS),
    "limited": lambda: (said(SLOW_KEY)() and None) or refused(said(SLOW_KEY), *ERRORS),
    "provider_400": lambda: refused(said(KEY, "fake:error 400"), *ERRORS),
    "provider_529": lambda: refused(said(KEY, "fake:error 529"), *ERRORS),
    "cancel": cancel,
})
