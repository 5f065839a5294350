OPERATIONS = {f.__name__: f for f in (extract, signature, examples, inputs, assertions, names, imported)}

if __name__ == "__main__":
    sys.setrecursionlimit(3000)
    asked = json.loads(sys.stdin.buffer.read().decode("utf-8", "replace"))
    print(json.dumps([OPERATIONS[one["operation"]](one) for one in asked]))
