'use strict';

/* Texts of customers and of the graph reach the page as text only: nothing here makes markup of a string. */
const conversation = 'page-' + [...crypto.getRandomValues(new Uint8Array(12))].map(b => b.toString(16).padStart(2, '0')).join('');
const turns = document.getElementById('turns');
const input = document.getElementById('text');
const send = document.getElementById('send');
const hints = document.getElementById('hints');
const evidence = document.getElementById('evidence');
const door = document.getElementById('door');
let busy = false;

document.documentElement.lang = chinese ? 'zh' : 'en';
document.getElementById('tagline').textContent = words.tagline;
document.getElementById('chat').setAttribute('aria-label', words.conversation);
document.getElementById('door-title').textContent = words.token;
document.getElementById('enter').textContent = words.enter;
evidence.setAttribute('aria-label', words.evidence);
evidence.append(element('p', words.empty, 'quiet'));
send.textContent = words.send;
input.placeholder = words.ask;
input.setAttribute('aria-label', words.ask);

document.getElementById('form').addEventListener('submit', event => {
  event.preventDefault();
  const text = input.value.trim();
  if (text) ask(text);
});
document.getElementById('door-form').addEventListener('submit', () => {
  sessionStorage.setItem('token', document.getElementById('token').value);
  document.getElementById('token').value = '';
  greet();
});
greet();

async function greet() {
  try {
    const response = await call('/api/suite', {});
    if (!response.ok) return;
    const suite = await response.json();
    document.getElementById('who').textContent = suite.customer ? words.customer + suite.customer : words.visitor;
    hints.replaceChildren(...(suite.questions[chinese ? 'zh' : 'en'] || []).map(question => {
      const hint = element('button', question);
      hint.type = 'button';
      hint.addEventListener('click', () => ask(question));
      return hint;
    }));
  } catch {
    document.getElementById('who').textContent = words.gone;
  }
}

/* Calls the server, with the token when one was given; asks for it when the server wants one. */
/** A refusal for which a rule stands is an answer. */
function decidedBy(answer) {
  return answer.path === 'REFUSAL' && answer.evidence.decisions.length > 0 ? 'RULE' : answer.path;
}

async function call(path, options) {
  const token = sessionStorage.getItem('token');
  const headers = { ...options.headers, ...(token ? { authorization: `Bearer ${token}` } : {}) };
  const response = await fetch(path, { ...options, headers });
  if (response.status === 401 && !door.open) door.showModal();
  return response;
}

async function ask(text) {
  if (busy) return;
  busy = send.disabled = true;
  input.value = '';
  turns.append(element('li', text, 'mine'));
  const bubble = element('li', '…', 'answer draft');
  bubble.setAttribute('aria-busy', 'true');
  turns.append(bubble);
  bubble.scrollIntoView({ block: 'end' });
  try {
    const response = await call(`/api/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ text }),
    });
    if (!response.ok) throw await response.json();
    await readEvents(response.body, event => show(bubble, event));
  } catch (error) {
    bubble.className = 'answer error';
    // An error of the server says what to do; one of the network says nothing useful.
    bubble.textContent = error.code ? error.message.replace(/^\S+ /, '') : words.gone;
    if (error.code) bubble.append(element('small', error.code));
  }
  bubble.removeAttribute('aria-busy');
  bubble.scrollIntoView({ block: 'end' });
  busy = send.disabled = false;
  input.focus({ preventScroll: true });
}

async function readEvents(body, each) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '', ended = false;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = Object.fromEntries(block.split('\n').map(l => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 2)]));
      each({ name: lines.event, data: JSON.parse(lines.data) });
      ended ||= lines.event === 'answer';
    }
  }
  if (!ended) throw new Error('the stream ended early');
}

function show(bubble, event) {
  if (event.name === 'draft') {
    bubble.textContent = (bubble.textContent === '…' ? '' : bubble.textContent) + event.data;
  } else if (event.name === 'text') {
    bubble.textContent = event.data;
    bubble.className = 'answer';
  } else if (event.name === 'error') {
    throw event.data;
  } else if (event.name === 'answer') {
    complete(bubble, event.data);
  }
}

function complete(bubble, answer) {
  bubble.textContent = answer.text;
  bubble.className = 'answer';
  bubble.lang = answer.language === 'CHINESE' ? 'zh' : 'en';
  const parts = [paths[decidedBy(answer)], ...(answer.degraded ? [words.degraded] : []), `${Math.round(answer.millis)} ms`, ''];
  const foot = element('small', parts.join(' · '), answer.degraded ? 'degraded' : undefined);
  const why = element('button', words.why);
  why.type = 'button';
  why.addEventListener('click', () => explain(bubble, why, answer));
  foot.append(why);
  bubble.append(foot);
  explain(bubble, why, answer);
}

function explain(bubble, why, answer) {
  for (const other of turns.querySelectorAll('[aria-pressed]')) other.setAttribute('aria-pressed', 'false');
  for (const other of turns.querySelectorAll('.chosen')) other.classList.remove('chosen');
  why.setAttribute('aria-pressed', 'true');
  bubble.classList.add('chosen');
  const found = answer.evidence;
  const facts = found.retrieval.facts;
  evidence.replaceChildren();
  section(words.facts, list(facts.slice(0, 20), fact => {
    const item = element('li');
    item.append(element('b', fact.id), ` ${fact.text}`);
    item.append(element('span', fact.sources.slice(0, 4).map(s => s.row ? `${s.file}:${s.row}` : s.file).join(', '), 'source'));
    return item;
  }));
  if (facts.length > 20) evidence.append(element('p', `+ ${facts.length - 20} ${words.more}`, 'quiet'));
  if (found.retrieval.graph.nodes.length) section(words.graph, picture(found.retrieval.graph, words.graph));
  section(words.rules, list(found.decisions, decision => {
    const item = element('li', `${decision.rule} → ${decision.outcome.toLowerCase().replace('_', ' ')}`);
    const values = Object.entries(decision.values).map(([name, value]) => `${name} ${value}`);
    const because = [decision.reason, ...values].filter(Boolean).join(', ');
    if (because) item.append(element('span', because, 'source'));
    return item;
  }));
  const bad = found.verification.unsupported;
  section(words.check, element('p', bad.length ? words.bad + bad.join(', ') : !found.verification.claims.length ? words.none : `${found.verification.claims.join(', ')}: ${words.claims}`));
  section(words.steps, steps(found.steps));
  if (found.retrieval.query) section(words.query, element('pre', found.retrieval.query.trim()));
  evidence.scrollTop = 0;
}

function section(title, content) {
  evidence.append(element('h2', title), content);
}

function list(values, make) {
  if (!values.length) return element('p', words.none, 'quiet');
  const made = element('ul');
  made.append(...values.map(make));
  return made;
}

function steps(done) {
  const longest = Math.max(...done.map(step => step.millis), 1);
  const grid = element('div', undefined, 'steps');
  for (const step of done) {
    const bar = element('span', undefined, 'bar');
    bar.style.width = `${Math.max(1, 100 * step.millis / longest)}%`;
    grid.append(element('span', step.name), bar, element('span', `${step.millis.toFixed(1)} ms`), element('span', step.note, 'note'));
  }
  return grid;
}

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}
