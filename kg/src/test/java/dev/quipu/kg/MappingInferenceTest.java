package dev.quipu.kg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.quipu.kg.Mapping.NodeRule;
import dev.quipu.kg.Mapping.PropertyType;
import dev.quipu.kg.Mapping.SourceFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MappingInferenceTest {
    @TempDir
    Path folder;

    private MappingInferenceTest with(String name, String text) throws IOException {
        Files.writeString(folder.resolve(name), text);
        return this;
    }

    private String yaml() {
        return MappingInference.of(folder);
    }

    private Mapping mapping() throws IOException {
        return Mapping.read(Files.writeString(folder.resolve("mapping.yaml"), yaml()));
    }

    private SourceFile source(String file) throws IOException {
        return mapping().sources().stream()
                .filter(s -> s.file().equals(file))
                .findFirst()
                .orElseThrow();
    }

    private static NodeRule node(SourceFile source) {
        return source.records().nodes().getFirst();
    }

    @Test
    void tellsTypesAndLeavesLeadingZerosAlone() throws IOException {
        with("shops.csv", """
                id;name;staff;rating;turnover;open;since;zip
                s1;North;12;4.5;€ 1,200.50;yes;24.12.2025;01067
                s2;South;7;3;€ 900.00;no;01.02.2024;10115
                """);

        NodeRule shop = node(source("shops.csv"));

        assertThat(shop.label()).isEqualTo("Shop");
        assertThat(shop.id()).isEqualTo("id");
        assertThat(shop.properties())
                .hasEntrySatisfying("name", p -> assertThat(p.type()).isEqualTo(PropertyType.TEXT))
                .hasEntrySatisfying("staff", p -> assertThat(p.type()).isEqualTo(PropertyType.INTEGER))
                .hasEntrySatisfying("rating", p -> assertThat(p.type()).isEqualTo(PropertyType.DECIMAL))
                .hasEntrySatisfying("turnover", p -> assertThat(p.type()).isEqualTo(PropertyType.MONEY))
                .hasEntrySatisfying("open", p -> assertThat(p.type()).isEqualTo(PropertyType.BOOLEAN))
                .hasEntrySatisfying("since", p -> assertThat(p.pattern()).isEqualTo("dd.MM.yyyy"))
                .hasEntrySatisfying("zip", p -> assertThat(p.type()).isEqualTo(PropertyType.TEXT));
    }

    @Test
    void saysThatADayBelowThirteenMayBeAMonth() throws IOException {
        assertThat(with("visits.csv", "id,day\nv1,03/04/2025\nv2,05/06/2025\n").yaml())
                .contains("unsure: all days are below 13: perhaps MM/dd/yyyy");
    }

    /** Tables of random sizes whose foreign keys are known. */
    @Test
    void findsTheForeignKeysOfGeneratedTables() throws IOException {
        RandomGenerator random = new Random(11);
        for (int round = 0; round < 5; round++) {
            int customers = 5 + random.nextInt(40);
            int orders = 20 + random.nextInt(100);
            StringBuilder c = new StringBuilder("customer_no,city\n");
            for (int i = 0; i < customers; i++) {
                c.append("C")
                        .append(i)
                        .append(',')
                        .append("City ")
                        .append(random.nextInt(9))
                        .append('\n');
            }
            StringBuilder o = new StringBuilder("number,buyer,quantity\n");
            for (int i = 0; i < orders; i++) {
                o.append("A")
                        .append(i)
                        .append(",C")
                        .append(random.nextInt(customers))
                        .append(',')
                        .append(random.nextInt(9))
                        .append('\n');
            }
            with("customers.csv", c.toString()).with("orders.csv", o.toString());

            assertThat(source("orders.csv").records().relationships())
                    .singleElement()
                    .satisfies(r -> {
                        assertThat(r.to().label()).isEqualTo("Customer");
                        assertThat(r.to().id()).isEqualTo("buyer");
                    });
            assertThat(source("customers.csv").records().relationships()).isEmpty();
        }
    }

    @Test
    void doesNotTakeACountForAKey() throws IOException {
        with("rooms.csv", "id,floor\n1,a\n2,b\n3,c\n").with("beds.csv", "code,pillows\nb1,2\nb2,1\nb3,2\n");

        assertThat(source("beds.csv").records().relationships()).isEmpty();
    }

    @Test
    void makesNodesOfRecordsInsideOfRecords() throws IOException {
        with("orders.json", """
                [{"number": "A1", "lines": [{"sku": "x", "price": 1.5}, {"sku": "y", "price": 2.5}]}]
                """);

        Mapping.Records lines = source("orders.json").records().nested().getFirst();

        assertThat(lines.path()).isEqualTo("lines.*");
        assertThat(lines.nodes().getFirst().id()).isEqualTo("{^number}/{@key}");
        assertThat(lines.relationships().getFirst().type()).isEqualTo("HAS_LINE");
    }

    @Test
    void writesAMappingThatCanBeReadOfTheStrangestNames() throws IOException {
        with("列 表.csv", "编号,\"a \"\"b\"\": c\",id,in_x,在\nk1,1,2,3,yes\nk2,2,3,4,no\n");

        assertThat(node(source("列 表.csv")).properties()).hasSizeGreaterThanOrEqualTo(3);
    }

    @Test
    void readsTheSampleShop() throws IOException {
        Path shop = Path.of("..", "samples", "suites", "shop", "data");
        Mapping mapping = Mapping.read(Files.writeString(folder.resolve("shop.yaml"), MappingInference.of(shop)));

        TreeSet<String> found = new TreeSet<>();
        for (SourceFile source : mapping.sources()) {
            source.records().relationships().forEach(r -> found.add(r.from().label() + ">" + r.to().label()));
        }

        assertThat(found)
                .contains("Order>Customer", "Order>PaymentMethod", "PaymentMethod>Customer", "Variant>Product");
        assertThat(mapping.sources().stream().map(s -> node(s).label()).toList())
                .containsAll(List.of("Customer", "Order", "Product", "Variant", "Policy"));
    }

    @Test
    void namesTheFolderThatHasNoData() {
        assertThatThrownBy(this::yaml).isInstanceOf(GraphException.class).hasMessageContaining("QP-GRAPH-010");
    }
}
