"""Reads replies of models and texts of people with CPython's own parser. Runs inside the jail: one JSON object in, one out."""
import ast, builtins, doctest, importlib.util, json, random, re, symtable, sys, textwrap

# Names that code often uses without importing them, and the line that defines each.
WELL_KNOWN = {name: f"from typing import {name}" for name in (
    "List Dict Tuple Set FrozenSet Optional Union Any Callable Iterable Iterator Generator Sequence Mapping").split()}
WELL_KNOWN.update({name: f"import {name}" for name in (
    "math re itertools functools collections string heapq bisect random datetime hashlib json operator statistics "
    "fractions decimal copy sys os time typing").split()})
WELL_KNOWN.update({name: f"from collections import {name}" for name in "Counter defaultdict deque OrderedDict namedtuple".split()})
WELL_KNOWN.update({"reduce": "from functools import reduce", "lru_cache": "from functools import lru_cache",
                   "cmp_to_key": "from functools import cmp_to_key", "dataclass": "from dataclasses import dataclass",
                   "Fraction": "from fractions import Fraction", "Decimal": "from decimal import Decimal"})
WELL_KNOWN.update({name: f"from itertools import {name}" for name in
                   "permutations combinations product groupby accumulate zip_longest chain".split()})
UNREADABLE = (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


def parsed(text):
    try:
        return ast.parse(text)
    except UNREADABLE:
        return None


# ---- code out of a reply ----------------------------------------------------------------------------------------

FENCE = re.compile(r"^[ \t]*(`{3,}|~{3,})[^\n`]*\n(.*?)(?:^[ \t]*\1[ \t]*$|\Z)", re.S | re.M)


def texts_of(reply, stub):
    """Texts of a reply that may be the code, likeliest first."""
    blocks = [textwrap.dedent(body) for _, body in FENCE.findall(reply)]
    for block in blocks:
        yield block
    if len(blocks) > 1:
        yield "\n\n".join(blocks)
    if stub:
        # A model that continues the stub writes only the body.
        for body in [body for _, body in FENCE.findall(reply)] or [reply]:
            yield stub.rstrip() + "\n" + body
            yield stub.rstrip() + "\n" + textwrap.indent(textwrap.dedent(body), "    ")
    yield reply


def readable_prefix(text):
    """The longest run of whole statements from the first line of code on, for text that stops or goes on in prose."""
    lines = text.split("\n")
    first = next((i for i, l in enumerate(lines) if re.match(r"(def|class|import|from|async def|@)\b|@", l)), None)
    if first is None:
        return None
    lines = lines[first:]
    for end in range(len(lines), max(0, len(lines) - 200), -1):
        text = "\n".join(lines[:end])
        if parsed(text) is not None:
            return text
    return None


def defined(tree):
    names = []
    for node in tree.body:
        if isinstance(node, FUNCTIONS + (ast.ClassDef,)):
            names.append(node.name)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            names += [t.id for t in targets if isinstance(t, ast.Name)]
    return names


def is_stub(node):
    """A function without a body of its own: a docstring, pass or an ellipsis."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return all(isinstance(s, ast.Pass) or (isinstance(s, ast.Expr) and isinstance(s.value, ast.Constant)) for s in body)


def module_only(source, tree):
    """The source without statements that do something when it is imported: prints, checks, examples of its use."""
    keep = []
    for node in tree.body:
        if isinstance(node, FUNCTIONS + (ast.ClassDef, ast.Import, ast.ImportFrom, ast.Try)):
            keep.append(node)
        elif isinstance(node, (ast.Assign, ast.AnnAssign, ast.AugAssign)) and not uses_own(node, tree):
            keep.append(node)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and node is tree.body[0]:
            keep.append(node)
    if len(keep) == len(tree.body):
        return source
    lines = source.splitlines()
    parts = []
    for node in keep:
        start = min([node.lineno] + [d.lineno for d in getattr(node, "decorator_list", [])])
        while start > 1 and lines[start - 2].lstrip().startswith("#"):
            start -= 1
        text = "\n".join(lines[start - 1:node.end_lineno])
        parts.append(text)
    out = ""
    for node, part in zip(keep, parts):
        gap = "\n\n\n" if isinstance(node, FUNCTIONS + (ast.ClassDef,)) else "\n"
        out += (gap if out else "") + part
    out += "\n"
    return out if parsed(out) is not None else source


def uses_own(node, tree):
    """Whether an assignment calls a function of the module, as an example of its use does."""
    own = {n.name for n in tree.body if isinstance(n, FUNCTIONS)}
    return any(isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and (n.func.id in own or n.func.id == "input")
               for n in ast.walk(node))


def with_stub(source, stub):
    """The source with what the stub brings and it lacks: imports and helper functions."""
    given = stub and (parsed(stub) or parsed(stub.rstrip() + "\n    pass\n"))
    tree = parsed(source)
    if not given or tree is None:
        return source
    have, dumps = set(defined(tree)), {ast.dump(n) for n in tree.body}
    lines, missing = stub.splitlines(), []
    for node in given.body:
        if isinstance(node, (ast.Import, ast.ImportFrom)) and ast.dump(node) not in dumps:
            missing.append(ast.unparse(node))
        elif isinstance(node, FUNCTIONS + (ast.ClassDef,)) and node.name not in have and not (
                isinstance(node, FUNCTIONS) and is_stub(node)):
            missing.append("\n" + "\n".join(lines[node.lineno - 1:node.end_lineno]) + "\n")
        elif isinstance(node, ast.Assign) and ast.dump(node) not in dumps:
            missing.append(ast.unparse(node))
    if not missing:
        return source
    # An import from the future has to stay first.
    return "\n".join(missing) + "\n\n" + source if "__future__" not in source else source


def undefined(source):
    """Names that are read but defined nowhere, by the compiler's own symbol tables."""
    try:
        table = symtable.symtable(source, "solution.py", "exec")
    except UNREADABLE:
        return []
    if any(isinstance(n, ast.ImportFrom) and any(a.name == "*" for a in n.names) for n in ast.walk(ast.parse(source))):
        return []
    known = set(dir(builtins)) | {"__file__", "__name__", "__annotations__"}
    known |= {s.get_name() for s in table.get_symbols() if s.is_assigned() or s.is_imported() or s.is_namespace()}
    missing, todo = [], [table]
    while todo:
        scope = todo.pop()
        todo += scope.get_children()
        for symbol in scope.get_symbols():
            if scope is not table and symbol.is_declared_global() and symbol.is_assigned():
                known.add(symbol.get_name())
    todo = [table]
    while todo:
        scope = todo.pop(0)
        todo += scope.get_children()
        for symbol in scope.get_symbols():
            if symbol.is_referenced() and (symbol.is_global() or scope is table) and symbol.get_name() not in known:
                if symbol.get_name() not in missing:
                    missing.append(symbol.get_name())
    return missing


def absent_modules(tree):
    names = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.append(node.module)
    absent = []
    for name in dict.fromkeys(n.split(".")[0] for n in names):
        try:
            if name not in sys.modules and importlib.util.find_spec(name) is None:
                absent.append(name)
        except (ImportError, ValueError):
            absent.append(name)
    return absent


def extract(request):
    """The module in a reply: what it is, what it defines, and what is wrong with it."""
    reply, stub, entry = request["reply"], request.get("stub", ""), request.get("entry", "")
    best, fault = None, None
    for text in texts_of(reply.replace("\r\n", "\n"), stub):
        source = text
        try:
            tree = ast.parse(source)
        except UNREADABLE as e:
            if fault is None and ("def " in text or "class " in text or "import " in text):
                fault = {"line": getattr(e, "lineno", 0) or 0, "message": f"{type(e).__name__}: {getattr(e, 'msg', None) or e}"[:300],
                         "text": (getattr(e, "text", "") or "").rstrip()[:200], "source": text}
            source = readable_prefix(text)
            if source is None:
                continue
            tree = ast.parse(source)
        bodies = [n for n in tree.body if isinstance(n, FUNCTIONS) and not is_stub(n)]
        classes = [n for n in tree.body if isinstance(n, ast.ClassDef)]
        if not bodies and not classes and not (request.get("script") and tree.body):
            continue
        rank = 2 if entry and any(n.name == entry for n in bodies + classes) else 1 if bodies or classes else 0
        if best is None or rank > best[0]:
            best = (rank, source, tree)
        if rank == 2 or not entry and rank == 1:
            break
    if best is None:
        return {"code": "", "fault": fault} if fault else {"code": ""}
    _, source, tree = best
    if not request.get("script"):
        source = module_only(source, tree)
    source = with_stub(source, stub)
    fixed = []
    for name in undefined(source):
        if name in WELL_KNOWN and "__future__" not in source:
            source = WELL_KNOWN[name] + "\n" + source
            fixed.append(name)
    tree = ast.parse(source)
    try:
        compile(source, "solution.py", "exec", dont_inherit=True)
    except UNREADABLE as e:
        return {"code": "", "fault": {"line": getattr(e, "lineno", 0) or 0, "message": f"{type(e).__name__}: {getattr(e, 'msg', None) or e}"[:300],
                                      "text": (getattr(e, "text", "") or "").rstrip()[:200], "source": source}}
    return {"code": source.strip("\n") + "\n", "defined": defined(tree), "undefined": undefined(source), "imported": fixed,
            "absent": absent_modules(tree), "truncated": fault is not None}
