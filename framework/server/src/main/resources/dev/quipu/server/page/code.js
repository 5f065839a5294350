'use strict';

/* Code and texts of the model reach the page as text only: nothing here makes markup of a string. */
const form = document.getElementById('form');
const steps = document.getElementById('steps');
const report = document.getElementById('report');
const send = document.getElementById('send');
let file = '';

form.addEventListener('submit', async event => {
  event.preventDefault();
  send.disabled = true;
  report.hidden = true;
  steps.replaceChildren();
  try {
    await write();
  } catch (error) {
    step('error', String(error.message || error));
  } finally {
    send.disabled = false;
  }
});

async function write() {
  const token = sessionStorage.getItem('token');
  const response = await fetch('/api/code', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'text/event-stream',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ description: value('description'), tests: value('tests') }),
  });
  if (!response.ok) throw new Error((await response.json()).message);
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value: text, done } = await reader.read();
    if (done) return;
    rest += text;
    const blocks = rest.split('\n\n');
    rest = blocks.pop();
    blocks.forEach(handle);
  }
}

function handle(block) {
  const event = /^event: (.*)$/m.exec(block)?.[1];
  const data = JSON.parse(/^data: (.*)$/m.exec(block)[1]);
  if (event === 'step') step(data.state + (data.attempt ? ' ' + data.attempt : ''), data.note);
  if (event === 'error') throw new Error(data.message);
  if (event === 'report') show(data);
}

function step(name, note) {
  const line = document.createElement('li');
  const label = document.createElement('b');
  label.textContent = name + ' ';
  line.append(label, note);
  steps.append(line);
}

function show(told) {
  const titles = {
    verified: 'Verified by your tests', tests_passed: 'Your tests passed, in one interpreter with the code',
    examples_passed: 'Passes the examples', untested: 'Untested: no examples, no tests',
    failing: 'The best draft still fails', no_code: 'No code that compiles',
  };
  document.getElementById('headline').textContent = titles[told.status];
  document.getElementById('cost').textContent =
    `${told.attempts.length} drafts, ${told.output_tokens} tokens, ${told.seconds.toFixed(1)} s`;
  document.getElementById('code').textContent = told.code;
  list('tests-run', told.tests.map(test => [(test.passed ? '✓ ' : '✗ ') + test.name + (test.passed ? '' : ': ' + test.message), !test.passed]));
  list('notes', told.notes.map(note => [note, false]));
  URL.revokeObjectURL(file);
  file = URL.createObjectURL(new Blob([told.code], { type: 'text/x-python' }));
  document.getElementById('download').href = file;
  report.hidden = false;
}

function list(id, lines) {
  document.getElementById(id).replaceChildren(...lines.map(([text, bad]) => {
    const line = document.createElement('li');
    line.textContent = text;
    line.className = bad ? 'bad' : '';
    return line;
  }));
}

function value(id) {
  return document.getElementById(id).value;
}
