#!/usr/bin/env python3
"""references.py OUT: what sacrebleu and rouge-score make of made-up answers in English, Chinese and both, a JSON object a
line, for ReferenceScoresTest (framework/training/src/test/resources/dev/quipu/training/metrics/references.jsonl). Needs

    python3 -m venv V && V/bin/pip install sacrebleu==2.5.1 rouge-score==0.1.2 && V/bin/python references.py OUT

The scores of SQuAD and CMRC have no package; their published rules are written down below.
"""
import collections
import json
import random
import re
import string
import sys

from nltk.stem.porter import PorterStemmer
from rouge_score import rouge_scorer
from sacrebleu.metrics import BLEU, CHRF

ENGLISH = """The rain jacket costs $89.00 and comes in blue, red and olive green.
You can return the boots within 30 days, as long as they were not worn outside.
Order A50002 has been shipped; it should arrive on Friday (at the latest on Monday).
We're sorry that the zipper broke. Would you like a replacement or your money back?
The tent weighs 2.4 kg and sleeps two people, three if they are close friends.
Refunds take 3-5 working days and go to the card that you paid with.
Cancelled orders cannot be reactivated, but we are happily placing a new one for you.
The sleeping bag's comfort temperature is -5 degrees; its limit is -12.
Shipping is free for orders over $50,000 &amp; for all members of the club.
Relational databases, generalizations and conditional agreements were thoroughly discussed by skilled geologists.
The skies were lying over dying fields, and the cried-out ponies enjoyed the flies.
Did you try to log in? If not: open "Settings", click 'Account', then reset...
I don't know; the records do not say where the rug was made.
yyyy yes""".split('\n')
CHINESE = """这件雨衣的价格是89元，有蓝色、红色和橄榄绿三种颜色。
靴子在30天内可以退货，前提是没有在户外穿过。
订单 A50002 已经发货，预计周五送达（最晚周一）。
很抱歉拉链坏了。您想换货还是退款？
帐篷重2.4公斤，可以住两个人。
退款需要3-5个工作日，会退回到您付款的银行卡。
睡袋的舒适温度是-5度；极限温度是-12度。
满200元包邮，会员全部包邮！
不知道，资料里没有写这款地毯是在哪里生产的。
请打开“设置”，点击‘账户’，然后选择重置……
我们的 Rain Jacket 采用 GORE-TEX 面料，防水 28,000mm。
🙂 谢谢！祝您旅途愉快～""".split('\n')
BEGINNINGS = ['s', 'fl', 'tr', 'hop', 'happ', 'relat', 'condition', 'oper', 'gener', 'troubl', 'fil', 'fall', 'geolog',
              'enjo', 'sensit', 'control', 'agre', 'yyy', 'analog', 'size', 'pla', 'abilit', 'commun', 'skat', 'boxy']
ENDINGS = ['', 's', 'es', 'ies', 'ied', 'ed', 'eed', 'ing', 'y', 'e', 'ational', 'tional', 'enci', 'anci', 'izer', 'bli',
           'alli', 'ally', 'entli', 'eli', 'ousli', 'ization', 'ation', 'ator', 'alism', 'iveness', 'fulness', 'ousness',
           'aliti', 'iviti', 'biliti', 'fully', 'logi', 'icate', 'ative', 'alize', 'iciti', 'ical', 'ful', 'ness', 'al',
           'ance', 'er', 'ic', 'able', 'ible', 'ant', 'ement', 'ment', 'ion', 'tion', 'ou', 'ism', 'ate', 'iti', 'ous',
           'ive', 'ize', 'll', 'lled', 'sses', 'ating', 'izing', 'bled']
CHOICE = random.Random(20)


def changed(text):
    """Leaves out, doubles, exchanges and replaces pieces."""
    pieces = text.split(' ') if ' ' in text and CHOICE.random() < 0.8 else list(text)
    gap = ' ' if ' ' in text and len(pieces) < len(text) / 2 else ''
    for _ in range(CHOICE.choice([0, 1, 1, 2, 3, 5, 8])):
        at = CHOICE.randrange(len(pieces))
        what = CHOICE.randrange(4)
        if what == 0 and len(pieces) > 1:
            del pieces[at]
        elif what == 1:
            pieces.insert(at, pieces[at])
        elif what == 2:
            other = CHOICE.randrange(len(pieces))
            pieces[at], pieces[other] = pieces[other], pieces[at]
        else:
            pieces[at] = CHOICE.choice(['the', 'of', 'ships', 'is', '的', '可以', '!', '7', 'Ａ', 'ing'])
    return gap.join(pieces)


def cases():
    for number in range(240):
        texts = [ENGLISH, CHINESE, ENGLISH + CHINESE][number % 3]
        reference = CHOICE.choice(texts)
        references = [reference] + [changed(reference) for _ in range(CHOICE.choice([0, 0, 0, 1, 2]))]
        said = changed(CHOICE.choice(texts)) if CHOICE.random() < 0.1 else changed(reference)
        if CHOICE.random() < 0.08:
            said = said[:CHOICE.randrange(6)]
        yield ['english', 'chinese', 'mixed'][number % 3], said, references


class ChineseTokens:
    """Words of Latin letters and digits, and each Chinese character."""

    def tokenize(self, text):
        return re.findall('[a-z0-9]+|[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]', text.lower())


def squad_words(text):
    han = re.search('[\u4e00-\u9fff]', text)
    dropped = string.punctuation + ('，。、；：？！“”‘’（）《》【】…—·' if han else '')
    text = ''.join(c for c in text.lower() if c not in dropped)
    text = re.sub(r'\b(a|an|the)\b', ' ', text)
    return re.sub('([\u4e00-\u9fff])', r' \1 ', text).split()


def squad(said, references):
    exact, f1 = 0, 0
    for reference in references:
        one, other = squad_words(said), squad_words(reference)
        exact = max(exact, int(one == other))
        if not one or not other:
            f1 = max(f1, int(one == other))
            continue
        same = sum((collections.Counter(one) & collections.Counter(other)).values())
        precision, recall = same / len(one), same / len(other)
        f1 = max(f1, 2 * precision * recall / (precision + recall) if same else 0)
    return {'exact': exact, 'f1': f1}


def rouge(scorer, said, references):
    scores = scorer.score_multi(references, said)
    return {name: [score.precision, score.recall, score.fmeasure] for name, score in scores.items()}


def rounded(value):
    if isinstance(value, float):
        return round(value, 7)
    if isinstance(value, dict):
        return {key: rounded(each) for key, each in value.items()}
    return [rounded(each) for each in value] if isinstance(value, list) else value


def main(out):
    tokens = {'V13A': '13a', 'ZH': 'zh', 'CHAR': 'char'}
    kinds = ['rouge1', 'rouge2', 'rougeL']
    scorers = {
        'WORDS': rouge_scorer.RougeScorer(kinds),
        'STEMS': rouge_scorer.RougeScorer(kinds, use_stemmer=True),
        'CHINESE': rouge_scorer.RougeScorer(kinds, tokenizer=ChineseTokens())}
    sets = collections.defaultdict(list)
    with open(out, 'w', encoding='utf-8') as file:
        def write(line):
            file.write(json.dumps(rounded(line), ensure_ascii=False, separators=(',', ':')) + '\n')
        for language, said, references in cases():
            sets[language].append((said, references))
            write({
                'said': said, 'references': references,
                'bleu': {t: BLEU(tokenize=n).sentence_score(said, references).score for t, n in tokens.items()},
                'sentence_bleu': {t: BLEU(tokenize=n, effective_order=True).sentence_score(said, references).score
                                  for t, n in tokens.items()},
                'chrf': CHRF().sentence_score(said, references).score,
                'chrf++': CHRF(word_order=2).sentence_score(said, references).score,
                'rouge': {t: rouge(s, said, references) for t, s in scorers.items()},
                'squad': squad(said, references)})
        for language, pairs in sets.items():
            said = [pair[0] for pair in pairs]
            most = max(len(pair[1]) for pair in pairs)
            references = [[pair[1][i] if i < len(pair[1]) else None for pair in pairs] for i in range(most)]
            write({
                'corpus': [{'said': one, 'references': others} for one, others in pairs],
                'bleu': {t: BLEU(tokenize=n).corpus_score(said, references).score for t, n in tokens.items()},
                'chrf': CHRF().corpus_score(said, references).score,
                'chrf++': CHRF(word_order=2).corpus_score(said, references).score})
        stemmer = PorterStemmer()
        words = ['sky', 'skies', 'dying', 'news', 'innings', 'proceed', 'ties', 'tied', 'spied', 'at', 'ab', 'ill', 'roll']
        words += [beginning + ending for beginning in BEGINNINGS for ending in ENDINGS]
        write({'stems': {word: stemmer.stem(word) for word in words}})


if __name__ == '__main__':
    main(*sys.argv[1:])
