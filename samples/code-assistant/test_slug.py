from solution import slug


def test_words_are_joined_by_hyphens():
    assert slug("Hello World") == "hello-world"


def test_signs_are_left_out():
    assert slug("What's new?") == "whats-new"


def test_no_hyphen_begins_or_ends_it():
    assert slug("  spaced  out ") == "spaced-out"
