"""Which test cells can be sealed: those that can judge honest and wrong answers rightly from outside."""

from collections.abc import Iterator

import pytest
from machines import MACHINE

from autograders.sandbox.executor import Cell, Executor
from autograders.sandbox.sealable import made_by, read_by, unsealable


@pytest.fixture(scope="module")
def executor() -> Iterator[Executor]:
    """One machine does: what can be sealed does not depend on how."""
    if not MACHINE.can_seal:
        pytest.skip(MACHINE.sentence)
    with Executor(machine=MACHINE) as running:
        yield running


# name: (test, honest answer, wrong answer)
SEALABLE = {
    "value of a call": ("assert f(3) == 9", "f = lambda n: n * n", "def f(n): return n"),
    "several cases": (
        "for n, want in [(1, 2), (2, 4)]:\n    assert double(n) == want, f'double({n})'",
        "def double(n): return 2 * n",
        "def double(n): return n + 1",
    ),
    "list of calls": ("assert [f(n) for n in range(3)] == [0, 1, 4]", "def f(n): return n * n", "def f(n): return n"),
    "all of comparisons": ("assert all(f(n) == n for n in range(3))", "def f(n): return n", "def f(n): return True"),
    "variable": ("assert total == 6 and abs(total - 6) < 1", "total = 6", "total = 7"),
    "yes or no": ("assert answer == True", "answer = True", "answer = False"),
    "None": ("assert f(1) is None", "def f(n): pass", "def f(n): return n"),
    "text": ("assert f('A').startswith('a') and 'b' in f('B').lower()", "f = str.lower", "f = str.upper"),
    "dictionary": ("assert d['a'] == 1 and set(d.keys()) == {'a'}", "d = {'a': 1}", "d = {'a': 1, 'b': 2}"),
    "result in a variable": ("result = f(3)\nassert type(result) is int", "def f(n): return n", "f = str"),
    "predicate both ways": (
        "assert is_even(2)\nassert not is_even(3)",
        "def is_even(n): return n % 2 == 0",
        "def is_even(n): return True",
    ),
    "predicate in a raise": (
        "if not ok(1):\n    raise AssertionError('1')\nif ok(2):\n    raise AssertionError('2')",
        "def ok(n): return n == 1",
        "def ok(n): return 5",
    ),
    "builtin exception": (
        "try:\n    squares(0)\nexcept ValueError:\n    pass\nelse:\n    raise AssertionError('did not raise')",
        "def squares(n):\n    if n < 1: raise ValueError\n    return []",
        "def squares(n): return []",
    ),
    "exception by a helper": (
        "def throws(call, kind):\n    try:\n        call()\n    except kind:\n        return True\n    return False\n"
        "assert throws(lambda: f(0), ValueError)",
        "def f(n): raise ValueError",
        "def f(n): raise KeyError",
    ),
    "pytest": (
        "import pytest\nwith pytest.raises(ValueError):\n    f(-1)\nassert f(1) == pytest.approx(0.1 + 0.2)",
        "def f(n):\n    if n < 0: raise ValueError\n    return 0.3",
        "def f(n): return 0.3",
    ),
    "unittest": (
        "import unittest\nsay = unittest.TestCase()\nsay.assertEqual(f(1), 2)\nsay.assertAlmostEqual(f(1), 2.0)",
        "def f(n): return 2",
        "def f(n): return 2.5",
    ),
    "a function taken away": (
        "kept = squares\ndel squares\ntry:\n    total(1)\nexcept NameError:\n    pass\nelse:\n"
        "    raise AssertionError('not used')\nfinally:\n    squares = kept\nassert total(2) == 5",
        "def squares(n): return [i * i for i in range(1, n + 1)]\ndef total(n): return sum(squares(n))",
        "def squares(n): return [i * i for i in range(1, n + 1)]\ndef total(n): return 5",
    ),
    "printed text": (
        "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()) as out:\n    greet('Lan')\n"
        "assert out.getvalue() == 'Chào Lan\\n'",
        "def greet(name): print('Chào', name)",
        "def greet(name): return f'Chào {name}\\n'",
    ),
    "sys.stdout": (
        "import io, sys\nbefore = sys.stdout\nsys.stdout = io.StringIO()\ngreet()\nsaid = sys.stdout.getvalue()\n"
        "sys.stdout = before\nassert said == 'x\\n'",
        "def greet(): print('x')",
        "def greet(): pass",
    ),
    "name exists": ("assert 'x' in globals() and 'y' not in globals()", "x = 3", "z = 3"),
    "name by text": ("assert globals()['x'] == 3", "x = 3", "x = 4"),
    "array": (
        "import numpy as np\nassert np.allclose(f(np.arange(3)), [0, 2, 4])\nassert f(np.arange(3)).shape == (3,)",
        "def f(a): return a * 2",
        "import numpy as np\nnp.allclose = lambda *a: True\ndef f(a): return a",
    ),
    "module of the learner's": (
        "assert np.isclose(x, 0.3)",
        "import numpy as np\nx = 0.1 + 0.2",
        "import numpy as np\nx = 3",
    ),
    "own random data": (
        "import numpy as np\nx = np.random.default_rng(1).normal(size=3)\nassert np.allclose(f(x), x.mean())",
        "def f(x): return sum(x) / len(x)",
        "def f(x): return 0.0",
    ),
    "table": (
        "assert t.shape == (2, 2) and list(t.columns) == ['a', 'b']\nassert t['b'].sum() == 7\n"
        "assert t.groupby('a')['b'].mean().to_dict() == {'x': 3.5}",
        "import pandas as pd\nt = pd.DataFrame({'a': ['x', 'x'], 'b': [3, 4]})",
        "import pandas as pd\nt = pd.DataFrame({'a': ['x', 'y'], 'b': [3, 4]})",
    ),
    "equal tables": (
        "import pandas as pd\n"
        "pd.testing.assert_frame_equal(f(pd.DataFrame({'a': [2, 1]})), pd.DataFrame({'a': [1, 2]}))",
        "def f(t): return t.sort_values('a').reset_index(drop=True)",
        "def f(t): return t",
    ),
    "type of a table": (
        "import pandas as pd\nassert isinstance(t, pd.DataFrame)",
        "import pandas as pd\nt = pd.DataFrame()",
        "t = []",
    ),
    "changed argument": (
        "data = [3, 1]\narrange(data)\nassert data == [1, 3]",
        "def arrange(x): x.sort()",
        "def arrange(x): sorted(x)",
    ),
    "generator": (
        "assert list(down(3)) == [3, 2, 1]\nassert next(down(5)) == 5\nassert sum(x for x in down(2)) == 3",
        "def down(n):\n    while n:\n        yield n\n        n -= 1",
        "def down(n):\n    yield n",
    ),
    "endless generator": (
        "from itertools import islice\nassert list(islice(count(), 3)) == [0, 1, 2]",
        "def count():\n    n = 0\n    while True:\n        yield n\n        n += 1",
        "from itertools import repeat\ndef count(): return repeat(0)",
    ),
    "function of a module handed over": (
        "import math\nimport numpy as np\nassert apply(len, [1]) == 1 and apply(math.sqrt, 4) == 2\n"
        "assert apply(np.mean, [1, 3]) == 2 and apply(str.upper, 'a') == 'A' and apply(np.sin, 0) == 0",
        "def apply(f, x): return f(x)",
        "def apply(f, x): return 1",
    ),
    "learner's function handed over": (
        "assert twice(inc, 1) == 3",
        "def inc(n): return n + 1\ndef twice(f, n): return f(f(n))",
        "def inc(n): return n + 1\ndef twice(f, n): return f(n)",
    ),
    "learner's object handed back": (
        "dog = Dog('Vện')\nassert bark(dog) == 'Vện!' and bark(Dog('Mực')) == 'Mực!'",
        "class Dog:\n    def __init__(self, name): self.name = name\ndef bark(dog): return dog.name + '!'",
        "class Dog:\n    def __init__(self, name): self.name = name\ndef bark(dog): return '!'",
    ),
    "class of the test": (
        "class Point:\n    def __init__(self, x): self.x = x\nassert Point(1).x == f(1)",
        "def f(n): return n",
        "def f(n): return 0",
    ),
    "helper of the test": (
        "def check(f, n, want):\n    got = f(n)\n    assert got == want, got\ncheck(square, 2, 4)",
        "def square(n): return n * n",
        "def square(n): return n",
    ),
    "partial points": (
        "points = 0\nif f(1) == 1:\n    points += 1\nassert points\npoints",
        "def f(n): return n",
        "def f(n): return 0",
    ),
    "callable": ("assert callable(f) and f(1) == 1", "def f(n): return n", "f = 1"),
}


@pytest.mark.parametrize("name", SEALABLE)
def test_a_sealable_idiom_passes_the_honest_and_fails_the_wrong_answer(executor: Executor, name: str) -> None:
    test, honest, wrong = SEALABLE[name]
    assert unsealable(test) == []
    for answer, ok in ((honest, True), (wrong, False)):
        outcome = executor.run([Cell("a", "code", answer), Cell("t", "test", test)], values={})[1]
        assert (outcome.ok, outcome.failed_by_us) == (ok, False), outcome.error


# name: (test, what is said of it)
UNSEALABLE = {
    "magic": ("%time f(1)", "not plain Python"),
    "shell": ("!ls", "not plain Python"),
    "await": ("await f(1)", "not plain Python"),
    "In": ("assert 'for' not in In[1]", "In is IPython's"),
    "get_ipython": ("get_ipython().run_line_magic('x', '')", "IPython's"),
    "display": ("display(table)", "IPython's"),
    "source": ("import inspect\nassert 'for' not in inspect.getsource(f)", "module inspect"),
    "source by name": ("from inspect import getsource\nassert 'for' in getsource(f)", "module inspect"),
    "docstring": ("assert f.__doc__ == 'x'", "f.__doc__"),
    "code object": ("assert 'x' in f.__code__.co_names", "f.__code__"),
    "bare predicate": ("assert f(3)", "add a case `assert not f(…)`"),
    "bare denial": ("assert not f(3)", "add a case `assert f(…)`"),
    "predicate is True": ("assert f(3) is True\nassert f(4) == True", "truth of f(…)"),
    "all of a predicate": ("assert all(f(n) for n in range(3))", "truth of f(…)"),
    "predicate in a variable": ("r = f(3)\nassert r", "truth of f(…)"),
    "assertTrue": ("import unittest\nunittest.TestCase().assertTrue(f(1))", "truth of f(…)"),
    "points for a predicate": ("points = 0\nif f(1):\n    points += 1\npoints", "truth of f(…)"),
    "flag": ("assert done", "truth of done"),
    "item": ("assert answers[0]", "truth of answers[0]"),
    "points by the learner": ("f(3)", "set the points"),
    "verdict of an object": ("assert obj.check(42)", "obj.check"),
    "method": ("assert stack.pop() == 3", "stack.pop"),
    "attribute": ("assert dog.name == 'V'", "dog.name"),
    "equal objects": ("assert Dog('a') == Dog('a')", "learner's object"),
    "attribute of an instance": ("d = Dog('a')\nassert d.name == 'a'", "learner's object"),
    "text of an instance": ("d = Dog('a')\nassert str(d) == 'a'", "learner's object"),
    "class in isinstance": ("assert isinstance(f(1), Dog)", "Dog is the learner's class"),
    "name of a type": ("assert type(f(1)).__name__ == 'Dog'", "learners' classes"),
    "own exception": ("try:\n    f(1)\nexcept TooBigError:\n    pass", "TooBigError is the learner's class"),
    "own exception raised": ("import pytest\nwith pytest.raises(TooBigError):\n    f(1)", "TooBigError"),
    "lambda handed over": ("assert apply(lambda x: x + 1, 1) == 2", "cannot be handed"),
    "function handed over": ("def inc(x): return x + 1\nassert apply(inc, 1) == 2", "inc cannot be handed"),
    "generator handed over": ("assert total(x for x in [1]) == 1", "cannot be handed"),
    "iterator handed over": ("assert total(iter([1])) == 1", "cannot be handed"),
    "replaced global": ("old = helper\nhelper = 5\nassert f(1) == 5", "helper is replaced"),
    "counted up": ("counter += 1", "counter is replaced"),
    "changed value": ("data['x'] = 5\nassert f() == 5", "changes a copy"),
    "globals written": ("globals()['x'] = 5", "globals()"),
    "patched input": (
        "from unittest.mock import patch\nwith patch('builtins.input', return_value='5'):\n    f()",
        "mock",
    ),
    "replaced input": ("import builtins\nbuiltins.input = lambda *a: '5'\nf();", "builtins.input is replaced"),
    "standard input": ("import io, sys\nsys.stdin = io.StringIO('5')\nf();", "sys.stdin is replaced"),
    "patched print": ("print = said.append\nassert f() == 5", "print is replaced"),
    "patched module": ("import math\nmath.pi = 3\nassert f(1) == 3", "math.pi is replaced"),
    "plot": ("assert plt.gca().get_title() == 'x'", "module matplotlib"),
    "axes": ("assert ax.get_title() == 'x'", "ax.get_title"),
    "lines": ("assert len(ax.lines) == 1", "ax.lines"),
    "file": ("assert open('out.txt').read() == 'x'", "files lie"),
    "file by pandas": ("import pandas as pd\nassert pd.read_csv('out.csv').shape == (1, 1)", "pd.read_csv"),
    "path": ("import os\nassert os.path.exists('a')", "module os"),
    "identity": ("assert f(a) is a", "copies"),
    "id": ("assert id(f(a)) == 3", "copies"),
    "seed": ("import numpy as np\nnp.random.seed(1)\nassert f() == 1", "does not reach"),
    "warnings": ("import warnings\nwith warnings.catch_warnings(record=True) as w:\n    f()", "module warnings"),
    "dir": ("assert 'x' in dir()", "names are not listed"),
    "learner's module": ("from solution import f\nassert f(1) == 1", "not installed"),
    "doctest": ("import doctest\ndoctest.run_docstring_examples(f, {})", "module doctest"),
}


@pytest.mark.parametrize("name", UNSEALABLE)
def test_an_idiom_that_cannot_be_sealed_is_named_with_its_line(name: str) -> None:
    test, words = UNSEALABLE[name]
    found = unsealable(test)
    assert any(words in text for text in found), found
    assert all(text.startswith("line ") for text in found)


SHARED = {
    "source": (
        "def f(n): return sum(range(n))",
        "import inspect\nassert 'for' not in inspect.getsource(f) and 'for' not in In[1]",
    ),
    "class": (
        "class Dog:\n    def __init__(self, name): self.n = name\n    def __eq__(self, o): return self.n == o.n",
        "assert Dog('a') == Dog('a')",
    ),
    "callback": ("def apply(f, n): return f(n)", "assert apply(lambda n: n + 1, 1) == 2"),
    "plot": (
        "import matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.title('x');",
        "assert plt.gca().get_title() == 'x'",
    ),
    "patched input": (
        "def ask(): return int(input())",
        "import builtins\nbuiltins.input = lambda *a: '5'\nassert ask() == 5",
    ),
    "magic": ("x = 1", "%time assert x == 1"),
}


@pytest.mark.parametrize("name", SHARED)
def test_what_cannot_be_sealed_runs_the_old_way(executor: Executor, name: str) -> None:
    answer, test = SHARED[name]
    assert unsealable(test)
    outcome = executor.run([Cell("a", "code", answer), Cell("t", "shared_test", test)], values={})[1]
    assert (outcome.ok, outcome.sealed, outcome.error) == (True, False, "")


def test_names_from_elsewhere_are_told() -> None:
    helper = "def throws(call):\n    return True\n"
    assert unsealable("assert throws(lambda: f(1))")
    assert unsealable("assert throws(lambda: f(1))", own=made_by(helper)) == []
    assert unsealable("rate = 5\nassert f() == 50") == []
    learner = "rate = 1\ndef f():\n    n = 10\n    return rate * n"
    assert read_by(learner) == {"rate"}
    [found] = unsealable("rate = 5\nassert f() == 50", used=read_by(learner))
    assert found.startswith("line 1: rate is replaced here only")
