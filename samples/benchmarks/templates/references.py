#!/usr/bin/env python3
"""references.py TEMPLATES OUT: what llama-server makes of each *.jinja in a folder, with a tool on offer (NAME.tools.txt) and
with a call and its result (NAME.call.txt), for ReferenceToolTemplatesTest. Needs llama-server (build-peers.sh) and the
model smollm2-135m (./quipu model pull); templates of many models are in llama.cpp's models/templates, which build-peers.sh
leaves in its folder 'source'.
"""
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

CACHE = os.environ.get('QUIPU_CACHE') or os.path.join(os.environ.get('XDG_CACHE_HOME') or os.path.expanduser('~/.cache'), 'quipu')
MODEL = os.path.join(os.environ.get('QUIPU_MODELS') or os.path.join(CACHE, 'models'), 'smollm2-135m.gguf')
SERVER = os.path.join(CACHE, 'peers', 'llama-server')

TOOL = {'type': 'function', 'function': {
    'name': 'getWeather',
    'description': 'Tells the weather of a city.',
    'parameters': {
        'type': 'object',
        'properties': {'city': {'type': 'string', 'description': 'The city.'}},
        'required': ['city']}}}
ASKED = [{'role': 'user', 'content': 'What is the weather in Munich?'}]
CALL = {'id': 'call00001', 'type': 'function', 'function': {'name': 'getWeather', 'arguments': '{"city": "Munich"}'}}
CONVERSATIONS = {
    'tools': ASKED,
    'call': ASKED + [
        {'role': 'assistant', 'content': '', 'tool_calls': [CALL]},
        {'role': 'tool', 'tool_call_id': 'call00001', 'name': 'getWeather', 'content': 'sunny'}],
}


def free_port():
    with socket.socket() as one:
        one.bind(('127.0.0.1', 0))
        return one.getsockname()[1]


def wait(process, address):
    while process.poll() is None:
        try:
            return urllib.request.urlopen(address + '/health')
        except OSError:
            time.sleep(0.05)
    raise SystemExit('llama-server ended')


def render(address, messages):
    body = json.dumps({'messages': messages, 'tools': [TOOL]}).encode()
    request = urllib.request.Request(address + '/apply-template', body, {'Content-Type': 'application/json'})
    return json.load(urllib.request.urlopen(request))['prompt']


def main(folder, out):
    os.makedirs(out, exist_ok=True)
    for name in sorted(name for name in os.listdir(folder) if name.endswith('.jinja')):
        port = free_port()
        address = 'http://127.0.0.1:%d' % port
        process = subprocess.Popen(
            [SERVER, '-m', MODEL, '--port', str(port), '--jinja', '--chat-template-file', os.path.join(folder, name),
             '-c', '256', '-np', '1', '--no-warmup'],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=os.path.dirname(SERVER))
        try:
            wait(process, address)
            for kind, messages in CONVERSATIONS.items():
                try:
                    prompt = render(address, messages)
                except urllib.error.HTTPError as error:
                    print(name, kind, 'not rendered:', error.read()[:200])
                    continue
                with open(os.path.join(out, '%s.%s.txt' % (name, kind)), 'w') as file:
                    file.write(prompt)
        finally:
            process.kill()
            process.wait()


if __name__ == '__main__':
    main(os.path.abspath(sys.argv[1]), os.path.abspath(sys.argv[2]))
