'use strict';

/*
 * Draws the part of the graph that an answer was read from: rows by distance from the first node, at most four to a
 * row and every other row shifted, so that names do not meet. Small graphs need no simulation.
 */
function picture(graph, title) {
  const cell = 120, height = 84, columns = 4;
  const nodes = graph.nodes.slice(0, 24);
  const known = new Set(nodes.map(node => node.id));
  const edges = graph.edges.filter(edge => known.has(edge.from) && known.has(edge.to));
  const rows = inRows(nodes, edges, columns);
  const wide = Math.max(...rows.map(row => row.length));
  const width = cell * (wide + (rows.length > 2 && wide === columns ? 0.5 : 0));
  const place = new Map();
  rows.forEach((row, r) => row.forEach((node, i) => {
    const shift = rows.length > 2 && wide === columns && row.length === columns ? (r % 2 ? 0.5 : 0) * cell : (width - row.length * cell) / 2;
    place.set(node.id, { x: shift + cell * (i + 0.5), y: height * (r + 0.5) });
  }));
  const svg = shape('svg', { viewBox: `0 0 ${width} ${height * rows.length}`, role: 'img', 'aria-label': title });
  svg.style.maxWidth = `${width * 1.4}px`;
  for (const { from, to } of edges) {
    const a = place.get(from), b = place.get(to);
    svg.append(shape('line', { x1: a.x, y1: a.y, x2: b.x, y2: b.y }));
  }
  const typed = new Set();
  for (const { from, to, type } of edges) {
    const a = place.get(from), b = place.get(to);
    const [high, low] = a.y <= b.y ? [a, b] : [b, a];
    const spot = `${type} ${(a.x + b.x) / 2} ${(a.y + b.y) / 2}`; // two of one kind between the same nodes are named once
    if (typed.has(spot)) continue;
    typed.add(spot);
    svg.append(shape('text', { x: (high.x + low.x) / 2, y: (high.y + low.y) / 2 + 3, class: 'type' }, type));
  }
  for (const node of nodes) {
    const { x, y } = place.get(node.id);
    const group = shape('g', {});
    group.append(shape('title', {}, `${node.label}: ${node.caption}`), shape('circle', { cx: x, cy: y - 6, r: 8 }),
      shape('text', { x, y: y + 14 }, short(node.caption)), shape('text', { x, y: y - 18, class: 'label' }, node.label));
    svg.append(group);
  }
  return svg;
}

function inRows(nodes, edges, columns) {
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
  const rows = [];
  for (const ring of rings) {
    if (!ring) continue;
    const lines = Math.ceil(ring.length / columns);
    const each = Math.ceil(ring.length / lines);
    for (let i = 0; i < ring.length; i += each) rows.push(ring.slice(i, i + each));
  }
  return rows;
}

function shape(name, attributes, text) {
  const made = document.createElementNS('http://www.w3.org/2000/svg', name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  if (text !== undefined) made.textContent = text;
  return made;
}

/* Han characters are about twice as wide as Latin letters. */
function short(text) {
  let width = 0;
  const letters = [...text];
  for (let i = 0; i < letters.length; i++) {
    width += letters[i] > '\u2e80' ? 2 : 1;
    if (width > 17) return letters.slice(0, i).join('').trimEnd() + '…';
  }
  return text;
}
