#!/usr/bin/env python3
"""Writes the sample shop's export. Deterministic: the same seed gives the same files.

usage: generate.py [FOLDER]

The shop is invented. Its export is as untidy as real ones: four encodings, two date formats, decimal commas,
missing values, a duplicated row and a reference to an article that is gone.
"""
import csv, datetime, io, json, pathlib, random, sys

out = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
rnd = random.Random(20261120)
TODAY = datetime.date(2026, 11, 20)

COLOURS = ["black", "olive", "navy", "sand", "red"]
SIZES = ["S", "M", "L", "XL"]
SHOES = ["38", "40", "42", "44"]
# name, Chinese name, category, price, options, weight in kg, warranty in months
PRODUCTS = [
    ("Trekking Tent", "徒步帐篷", "Tents", 249, {"capacity": ["2 persons", "3 persons", "4 persons"], "color": ["olive", "sand"]}, 2.9, 24),
    ("Tarp Shelter", "天幕", "Tents", 89, {"width": ["3 m", "4 m"], "color": ["olive", "sand"]}, 1.1, 24),
    ("Down Sleeping Bag", "羽绒睡袋", "Sleeping", 199, {"comfort": ["0 °C", "-5 °C", "-10 °C"], "length": ["regular", "long"]}, 1.2, 24),
    ("Summer Sleeping Bag", "夏季睡袋", "Sleeping", 79, {"length": ["regular", "long"], "color": ["navy", "red"]}, 0.8, 24),
    ("Sleeping Pad", "防潮垫", "Sleeping", 69, {"thickness": ["3 cm", "6 cm"], "color": ["black", "olive"]}, 0.5, 24),
    ("Camping Hammock", "露营吊床", "Sleeping", 49, {"capacity": ["1 person", "2 persons"], "color": ["navy", "olive", "red"]}, 0.6, 24),
    ("Hiking Backpack", "登山包", "Packs", 139, {"volume": ["30 l", "45 l", "65 l"], "color": ["black", "navy"]}, 1.6, 36),
    ("Day Pack", "日用背包", "Packs", 59, {"volume": ["15 l", "22 l"], "color": COLOURS[:4]}, 0.5, 36),
    ("Dry Bag", "防水袋", "Packs", 24, {"volume": ["10 l", "20 l", "40 l"]}, 0.2, 12),
    ("Travel Duffel", "旅行包", "Packs", 99, {"volume": ["40 l", "70 l"], "color": ["black", "sand"]}, 1.1, 36),
    ("Rain Jacket", "雨衣", "Clothing", 159, {"size": SIZES, "color": ["navy", "red"]}, 0.4, 24),
    ("Fleece Hoodie", "抓绒连帽衫", "Clothing", 79, {"size": SIZES, "color": ["black", "olive"]}, 0.5, 12),
    ("Merino Shirt", "美利奴羊毛衫", "Clothing", 69, {"size": SIZES, "color": ["black", "navy"]}, 0.2, 12),
    ("Trekking Trousers", "徒步裤", "Clothing", 89, {"size": SIZES, "color": ["black", "sand"]}, 0.4, 12),
    ("Wool Socks", "羊毛袜", "Clothing", 19, {"size": ["36-39", "40-43", "44-47"]}, 0.1, 6),
    ("Warm Gloves", "保暖手套", "Clothing", 39, {"size": ["S", "M", "L"], "color": ["black", "red"]}, 0.1, 12),
    ("Mountain Boots", "登山靴", "Shoes", 189, {"size": SHOES, "sole": ["stiff", "flexible"]}, 1.3, 24),
    ("Trail Runners", "越野跑鞋", "Shoes", 129, {"size": SHOES, "color": ["black", "red"]}, 0.6, 12),
    ("River Sandals", "溯溪凉鞋", "Shoes", 59, {"size": SHOES}, 0.5, 12),
    ("Gas Stove", "燃气炉", "Kitchen", 64, {"power": ["2.1 kW", "3.0 kW"]}, 0.3, 24),
    ("Cooking Pot Set", "炊具套装", "Kitchen", 54, {"pieces": ["2", "4"], "material": ["aluminium", "titanium"]}, 0.7, 24),
    ("Insulated Bottle", "保温瓶", "Kitchen", 34, {"volume": ["0.5 l", "0.75 l", "1 l"], "color": ["black", "sand", "red"]}, 0.4, 24),
    ("Enamel Mug", "搪瓷杯", "Kitchen", 14, {"color": ["navy", "sand", "red"]}, 0.2, 6),
    ("Cool Box", "冷藏箱", "Kitchen", 119, {"volume": ["20 l", "35 l"]}, 4.8, 24),
    ("Water Filter", "净水器", "Kitchen", 74, {"type": ["pump", "squeeze"]}, 0.3, 12),
    ("Head Torch", "头灯", "Light", 44, {"brightness": ["200 lm", "400 lm"], "battery": ["AAA", "rechargeable"]}, 0.1, 24),
    ("Camp Lantern", "营地灯", "Light", 39, {"power source": ["USB", "battery"], "color": ["olive", "sand"]}, 0.3, 24),
    ("Solar Panel", "太阳能板", "Light", 149, {"power": ["20 W", "60 W"]}, 1.4, 24),
    ("Power Bank", "充电宝", "Light", 49, {"capacity": ["10000 mAh", "20000 mAh"], "color": ["black", "sand"]}, 0.4, 12),
    ("Trekking Poles", "登山杖", "Gear", 79, {"material": ["aluminium", "carbon"]}, 0.5, 24),
    ("Climbing Rope", "攀岩绳", "Gear", 159, {"length": ["40 m", "60 m", "70 m"], "diameter": ["9.2 mm", "9.8 mm"]}, 3.8, 12),
    ("Climbing Harness", "攀岩安全带", "Gear", 69, {"size": ["S", "M", "L"]}, 0.4, 12),
    ("Bike Helmet", "自行车头盔", "Gear", 74, {"size": ["M", "L"], "color": ["black", "red"]}, 0.3, 24),
    ("Pocket Knife", "折叠刀", "Gear", 39, {"blades": ["4", "9"]}, 0.1, 60),
    ("Compass", "指南针", "Gear", 29, {"type": ["baseplate", "mirror"]}, 0.1, 24),
    ("First Aid Kit", "急救包", "Gear", 34, {"size": ["small", "large"]}, 0.4, 6),
    ("Folding Chair", "折叠椅", "Furniture", 59, {"color": ["black", "olive", "sand"]}, 1.9, 24),
    ("Folding Table", "折叠桌", "Furniture", 79, {"width": ["60 cm", "90 cm"]}, 3.4, 24),
    ("Picnic Blanket", "野餐垫", "Furniture", 29, {"size": ["130 cm", "200 cm"], "color": ["navy", "red"]}, 0.8, 12),
    ("Wall Hook Rack", "挂钩架", "Furniture", 27, {"hooks": ["4", "6"], "material": ["oak", "steel"]}, 0.9, 24),
]
CATEGORIES_ZH = {"Tents": "帐篷", "Sleeping": "睡眠", "Packs": "背包", "Clothing": "服装", "Shoes": "鞋", "Kitchen": "厨具", "Light": "照明", "Gear": "装备", "Furniture": "家具"}
FIRST = ["Anna", "Ben", "Chloé", "David", "Elif", "Finn", "Greta", "Hugo", "Inês", "Jonas", "Kira", "Léa", "Mateo", "Nora", "Oskar", "Paula", "Quinn", "Rosa", "Søren", "Tess", "Uma", "Victor", "Wanda", "Yusuf", "Zoë"]
LAST = ["Alvarez", "Bauer", "Costa", "Dubois", "Eriksen", "Fischer", "García", "Hoffmann", "Ivanova", "Jansen", "Keller", "Lindqvist", "Müller", "Novak", "O'Brien", "Peeters", "Rossi", "Schmidt", "Tanaka", "Weber"]
FIRST_ZH = [("Wei", "伟"), ("Fang", "芳"), ("Jing", "静"), ("Lei", "磊"), ("Min", "敏"), ("Yan", "燕"), ("Hao", "浩"), ("Ling", "玲")]
LAST_ZH = [("Wang", "王"), ("Li", "李"), ("Zhang", "张"), ("Liu", "刘"), ("Chen", "陈"), ("Zhao", "赵")]
CITIES = [("Hamburg", "20095", "Germany"), ("Lyon", "69001", "France"), ("Porto", "4000-069", "Portugal"), ("Utrecht", "3511", "Netherlands"), ("Graz", "8010", "Austria"), ("Gent", "9000", "Belgium"), ("Shanghai", "200001", "China"), ("Chengdu", "610000", "China")]
STREETS = ["Mill Lane", "Station Road", "Harbour Street", "Garden Avenue", "Hill Path", "Market Square"]
CARRIERS = ["NordPost", "QuickParcel", "Silk Express"]


def combinations(options):
    result = [{}]
    for name, values in options.items():
        result = [dict(r, **{name: v}) for r in result for v in values]
    return result


def write(name, text, encoding):
    (out / name).write_bytes(text.encode(encoding))


def table(rows, delimiter=","):
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return buffer.getvalue()


products = [["product_id", "name", "category", "weight_kg", "warranty_months"]]
names_zh = [["product_id", "名称", "类别"]]
variants = []
for i, (name, zh, category, price, options, weight, warranty) in enumerate(PRODUCTS):
    pid = f"P{100 + i}"
    products.append([pid, name + (" " if i % 7 == 3 else ""), category, weight if i % 11 else "N/A", warranty])
    names_zh.append([pid, zh, CATEGORIES_ZH[category]])
    combos = combinations(options)
    rnd.shuffle(combos)
    for j, combo in enumerate(combos[:8]):
        amount = round(price * (1 + 0.06 * rnd.randint(-2, 4)) + 0.9, 2)
        stock = 0 if rnd.random() < 0.25 else rnd.randint(1, 40)
        text = f"{amount:.2f}".replace(".", ",") + " €" if j % 3 == 0 else amount
        variants.append({"sku": f"{pid}-{j + 1:02d}", "product": pid, "options": combo, "price": text, "stock": stock, "_amount": amount})
products.append(products[5])  # the duplicate
write("products.csv", "\ufeff" + table(products), "utf-8")
write("names_zh.csv", table(names_zh), "gb18030")
write("variants.jsonl", "".join(json.dumps({k: v for k, v in x.items() if k != "_amount"}, ensure_ascii=False) + "\n" for x in variants), "utf-8")

customers = [["customer_no", "first_name", "last_name", "email", "phone", "street", "zip", "city", "country", "since"]]
methods = [["id", "customer_no", "kind", "brand", "last_four", "balance"]]
people = []
for i in range(240):
    if i % 6 == 5:
        (first, _), (last, _) = rnd.choice(FIRST_ZH), rnd.choice(LAST_ZH)
        city = rnd.choice(CITIES[6:])
    else:
        first, last, city = rnd.choice(FIRST), rnd.choice(LAST), rnd.choice(CITIES[:6])
    no = f"C{1000 + i}"
    ascii_name = (first + "." + last).lower().translate(str.maketrans("éêëçñöøüäóí'ãõ", "eeecnoouaoi-ao")).replace("-", "")
    since = TODAY - datetime.timedelta(days=rnd.randint(40, 2000))
    customers.append([no, first, last, f"{ascii_name}{i}@example.com", "-" if i % 9 == 0 else f"+49 40 {rnd.randint(100000, 999999)}",
                      f"{rnd.choice(STREETS)} {rnd.randint(1, 99)}", city[1], city[0], city[2], since.strftime("%d.%m.%Y")])
    kinds = rnd.sample(["credit_card", "paypal", "gift_card"], rnd.randint(1, 3))
    for kind in kinds:
        card = kind == "credit_card"
        methods.append([f"{no}-{kind}", no, kind, rnd.choice(["visa", "mastercard"]) if card else "", f"{rnd.randint(0, 9999):04d}" if card else "",
                        f"{rnd.randint(5, 200)},00" if kind == "gift_card" else ""])
    people.append((no, kinds, customers[-1]))
write("customers.csv", table(customers, ";"), "windows-1252")
write("payment_methods.csv", table(methods), "utf-8")

NAMES = {f"P{100 + i}": p[0] for i, p in enumerate(PRODUCTS)}
orders = []
for i in range(420):
    no, kinds, row = people[0] if i < 5 else people[5] if i < 9 else rnd.choice(people)
    placed = TODAY - datetime.timedelta(days=rnd.randint(0, 120))
    age = (TODAY - placed).days
    status = "pending" if age < 2 else rnd.choice(["processed", "shipped"]) if age < 6 else rnd.choice(["delivered"] * 8 + ["cancelled", "return requested"])
    if i in (0, 5):
        placed, status = TODAY - datetime.timedelta(days=1), "pending"
    if i in (1, 6):
        placed, status = TODAY - datetime.timedelta(days=12), "delivered"
    if i == 2:
        placed, status = TODAY - datetime.timedelta(days=75), "delivered"
    lines = [dict(sku=v["sku"], name=NAMES[v["product"]], price=v["_amount"], quantity=rnd.choice([1, 1, 1, 2])) for v in rnd.sample(variants, rnd.randint(1, 4))]
    if i == 200:
        lines[0]["sku"] = "P999-01"  # an article that is gone
    delivered = placed + datetime.timedelta(days=rnd.randint(3, 7)) if status in ("delivered", "return requested") else None
    order = {"number": f"A{50001 + i}", "customer": no, "status": status, "placed": placed.strftime("%Y-%m-%d" if i % 4 else "%d.%m.%Y"),
             "delivered": delivered.isoformat() if delivered else "", "lines": lines, "payment": f"{no}-{rnd.choice(kinds)}",
             "ship_to": {"street": row[5], "zip": row[6], "city": row[7], "country": row[8]},
             "shipments": [] if status in ("pending", "processed", "cancelled") else [{"carrier": rnd.choice(CARRIERS), "tracking": f"{rnd.randint(10**11, 10**12 - 1)}", "lines": list(range(len(lines)))}]}
    orders.append(order)
write("orders.json", json.dumps(orders, ensure_ascii=False, indent=0), "utf-8")

POLICIES = [
    ("shipping", "Shipping", "配送", "We ship within the European Union and to China. Orders leave our warehouse within 2 business days and arrive 3 to 7 days later. Shipping is free from 50 € and costs 4.90 € below.", "我们配送至欧盟和中国。订单在 2 个工作日内发货，3 到 7 天送达。满 50 € 免运费，否则运费 4.90 €。"),
    ("returns", "Returns", "退货", "You can return unused items within 30 days after delivery. The refund goes to the original payment method or to a gift card.", "未使用的商品在送达后 30 天内可以退货。退款退到原付款方式或礼品卡。"),
    ("warranty", "Warranty", "保修", "The warranty depends on the product: tents, packs and stoves have 24 to 36 months, clothing 6 to 24 months.", "保修期因商品而异：帐篷、背包和炉具为 24 到 36 个月，服装为 6 到 24 个月。"),
    ("exchange", "Exchange", "换货", "A delivered item can be exchanged within 30 days for another variant of the same product that is in stock.", "已送达的商品在 30 天内可以换成同一商品的其他有货款式。"),
    ("gift-cards", "Gift cards", "礼品卡", "Gift cards are valid for 3 years. Their balance can pay any order, and refunds to a gift card are immediate.", "礼品卡有效期为 3 年，余额可支付任何订单，退款到礼品卡即时到账。"),
    ("hours", "Opening hours", "营业时间", "Our customer service answers from Monday to Friday, 9:00 to 18:00 Central European Time.", "客服时间为周一至周五，中欧时间 9:00 至 18:00。"),
]
write("policies.jsonl", "".join(json.dumps({"id": a, "title": b, "title_zh": c, "text": d, "text_zh": e}, ensure_ascii=False) + "\n" for a, b, c, d, e in POLICIES), "utf-8")
