'use strict';

const chinese = navigator.language.startsWith('zh');
const words = chinese
  ? { tagline: '每个回答都附带依据', send: '发送', ask: '请输入问题', empty: '回答的依据会显示在这里。', facts: '事实', graph: '图谱', rules: '规则', check: '核对', steps: '耗时', query: '查询', claims: '项内容已核对', bad: '没有依据：', none: '无' }
  : { tagline: 'every answer with its evidence', send: 'Send', ask: 'Ask something', empty: 'The evidence of an answer appears here.', facts: 'Facts', graph: 'Graph', rules: 'Rules', check: 'Check', steps: 'Time', query: 'Query', claims: 'claims checked', bad: 'not in the facts: ', none: 'none' };
const conversation = 'page-' + crypto.randomUUID();
const turns = document.getElementById('turns');
const form = document.getElementById('form');
const input = document.getElementById('text');
const send = document.getElementById('send');
const evidence = document.getElementById('evidence');

document.documentElement.lang = chinese ? 'zh' : 'en';
document.getElementById('tagline').textContent = words.tagline;
send.textContent = words.send;
input.placeholder = words.ask;
input.setAttribute('aria-label', words.ask);
evidence.append(element('p', words.empty, 'quiet'));

fetch('/api/suite').then(r => r.json()).then(questions => {
  for (const question of questions[chinese ? 'CHINESE' : 'ENGLISH'] || []) {
    const hint = element('button', question);
    hint.type = 'button';
    hint.addEventListener('click', () => ask(question));
    document.getElementById('hints').append(hint);
  }
});

form.addEventListener('submit', event => {
  event.preventDefault();
  const text = input.value.trim();
  if (text) ask(text);
});

function element(name, text, className) {
  const made = document.createElement(name);
  if (text !== undefined) made.textContent = text;
  if (className) made.className = className;
  return made;
}

async function ask(text) {
  input.value = '';
  send.disabled = true;
  turns.append(element('li', text, 'mine'));
  const bubble = element('li', '…', 'answer draft');
  turns.append(bubble);
  bubble.scrollIntoView({ block: 'end' });
  try {
    const response = await fetch(`/api/conversations/${conversation}/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ text }),
    });
    if (!response.ok) throw new Error((await response.json()).message);
    await readEvents(response.body, event => show(bubble, event));
  } catch (error) {
    bubble.className = 'answer error';
    bubble.textContent = error.message;
  }
  send.disabled = false;
  input.focus();
}

async function readEvents(body, each) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const blocks = (rest + value).split('\n\n');
    rest = blocks.pop();
    for (const block of blocks) {
      const lines = Object.fromEntries(block.split('\n').map(l => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 2)]));
      each({ name: lines.event, data: JSON.parse(lines.data) });
    }
  }
}

function show(bubble, event) {
  if (event.name === 'draft') {
    bubble.textContent = (bubble.textContent === '…' ? '' : bubble.textContent) + event.data;
  } else if (event.name === 'text') {
    bubble.textContent = event.data;
    bubble.className = 'answer';
  } else if (event.name === 'error') {
    throw new Error(event.data);
  } else if (event.name === 'answer') {
    bubble.textContent = event.data.text;
    bubble.className = 'answer';
    bubble.append(element('small', `${event.data.path.toLowerCase()} · ${Math.round(event.data.millis)} ms`));
    bubble.tabIndex = 0;
    const choose = () => explain(bubble, event.data);
    bubble.addEventListener('click', choose);
    bubble.addEventListener('keydown', e => { if (e.key === 'Enter') choose(); });
    choose();
  }
  bubble.scrollIntoView({ block: 'end' });
}

function explain(bubble, answer) {
  for (const other of turns.querySelectorAll('.chosen')) other.classList.remove('chosen');
  bubble.classList.add('chosen');
  const found = answer.evidence;
  evidence.replaceChildren();
  section(words.facts, list(found.retrieval.facts.slice(0, 20), fact => {
    const item = element('li', fact.text);
    item.append(element('span', fact.sources.slice(0, 4).map(s => s.row ? `${s.file}:${s.row}` : s.file).join(', '), 'source'));
    return item;
  }));
  if (found.retrieval.graph.nodes.length) section(words.graph, picture(found.retrieval.graph));
  section(words.rules, list(found.decisions, d => element('li', `${d.rule} → ${d.outcome.toLowerCase()}`)));
  const bad = found.verification.unsupported;
  section(words.check, element('p', `${found.verification.claims.length} ${words.claims}` + (bad.length ? `; ${words.bad}${bad.join(', ')}` : '')));
  section(words.steps, steps(found.steps));
  if (found.retrieval.query) section(words.query, element('pre', found.retrieval.query));
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
  const longest = Math.max(...done.map(s => s.millis), 1);
  const grid = element('div', undefined, 'steps');
  for (const step of done) {
    const bar = element('span', undefined, 'bar');
    bar.style.width = `${Math.max(1, 100 * step.millis / longest)}%`;
    grid.append(element('span', step.name), bar, element('span', `${step.millis.toFixed(1)} ms`), element('span', step.note, 'note'));
  }
  return grid;
}

/* Nodes in rings around the first one by their distance from it: small graphs need no simulation. */
function picture(graph) {
  const nodes = graph.nodes.slice(0, 24);
  const known = new Set(nodes.map(n => n.id));
  const edges = graph.edges.filter(e => known.has(e.from) && known.has(e.to));
  const depth = new Map([[nodes[0].id, 0]]);
  for (let grown = true; grown;) {
    grown = false;
    for (const { from, to } of edges) {
      for (const [a, b] of [[from, to], [to, from]]) {
        if (depth.has(a) && !depth.has(b)) { depth.set(b, depth.get(a) + 1); grown = true; }
      }
    }
  }
  const rings = [];
  for (const node of nodes) (rings[depth.get(node.id) ?? 1] ??= []).push(node);
  const width = 420, height = Math.max(200, 120 * rings.length), place = new Map();
  rings.forEach((ring, d) => ring.forEach((node, i) => place.set(node.id, {
    x: width * (i + 1) / (ring.length + 1),
    y: height * (d + 0.5) / rings.length,
  })));
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height}`, role: 'img', 'aria-label': words.graph });
  for (const { from, to, type } of edges) {
    const a = place.get(from), b = place.get(to);
    svg.append(shape('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
    if (edges.length < 10) svg.append(shape('text', { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 - 3, class: 'label' }, type));
  }
  for (const node of nodes) {
    const { x, y } = place.get(node.id);
    svg.append(shape('circle', { cx: x, cy: y, r: 9 }), shape('text', { x, y: y + 22 }, short(node.caption)), shape('text', { x, y: y - 14, class: 'label' }, node.label));
  }
  return svg;
}

function shape(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

function short(text) {
  return text.length > 18 ? text.slice(0, 17) + '…' : text;
}
