package dev.quipu.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.quipu.sandbox.Job;
import dev.quipu.sandbox.Mode;
import dev.quipu.sandbox.Outcome;
import dev.quipu.sandbox.Verdict;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which outcome counts where several hold: what a supervisor may tell, and what is made of it. */
class EndingTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPECTED = "{'started':true}{'expected':['t','u']}";
    private static final String FAILED = "{'test':'t','status':'FAIL'}";
    private static final String PASSED = "{'test':'t','status':'PASS'}{'test':'u','status':'PASS'}{'done':true}";

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            timeout   | 9  | 0 | TIMEOUT
            output    | 9  | 0 | OUTPUT_LIMIT
            forbidden | 9  | 0 | FORBIDDEN_SYSCALL
            full      | 9  | 0 | FILE_LIMIT
            cancelled | 9  | 0 | CANCELLED
            null      | 24 | 0 | CPU_LIMIT
            null      | 25 | 0 | FILE_LIMIT
            null      | 9  | 0 | MEMORY_LIMIT
            null      | 11 | 0 | CRASHED
            null      | 31 | 0 | FORBIDDEN_SYSCALL
            """)
    void howTheJailEndedCountsBeforeWhatItReported(String ended, int signal, int exit, Outcome outcome)
            throws Exception {
        for (String report : new String[] {"", EXPECTED + FAILED, EXPECTED + PASSED}) {
            Verdict verdict = verdict(Mode.TESTS_IN_PROCESS, "both", ended, signal, exit, report);

            assertThat(verdict.outcome()).as(report).isEqualTo(outcome);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'syntax':{'line':1}}{'failure':{'type':'MemoryError'}} | MEMORY_LIMIT
            {'syntax':{'line':1}}{'failure':{'type':'KeyError'}}    | SYNTAX_ERROR
            {'failure':{'type':'OSError','errno':28}}               | FILE_LIMIT
            {'failure':{'type':'KeyError'}}{'test':'t','status':'FAIL'} | LOAD_ERROR
            {'test':'t','status':'FAIL'}                            | EXITED
            {'test':'t','status':'FAIL'}{'done':true}               | INCOMPLETE
            {'test':'t','status':'SKIP'}{'test':'u','status':'PASS'}{'done':true} | INCOMPLETE
            {'test':'t','status':'FAIL'}{'test':'u','status':'PASS'}{'done':true} | TESTS_FAILED
            {'test':'t','status':'PASS'}{'test':'t','status':'FAIL'}{'test':'u','status':'PASS'}{'done':true} | TESTS_FAILED
            {'test':'t','status':'PASS'}{'test':'u','status':'PASS'}{'done':true} | PASSED
            {'test':'t','status':'PASS'}{'test':'u','status':'PASS'} | EXITED
            """)
    void theFirstOfTheOrderCounts(String report, Outcome outcome) throws Exception {
        Verdict verdict = verdict(Mode.TESTS_IN_PROCESS, "both", "null", 0, 0, EXPECTED + report);

        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            {'started':true}                                         | 0 | OK
            {'started':true}                                         | 3 | RUNTIME_ERROR
            {'started':true}{'failure':{'type':'KeyError'}}          | 1 | RUNTIME_ERROR
            {'syntax':{'line':1}}                                    | 1 | SYNTAX_ERROR
            {'failure':{'type':'KeyError'}}{'exit':0}                | 0 | RUNTIME_ERROR
            {'x':1}                                                  | 0 | SANDBOX_ERROR
            """)
    void aScriptIsJudgedByItsEnd(String report, int exit, Outcome outcome) throws Exception {
        Verdict verdict = verdict(Mode.SCRIPT, "script", "null", 0, exit, report);

        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    private static Verdict verdict(Mode mode, String role, String ended, int signal, int exit, String report)
            throws Exception {
        Job job = mode == Mode.SCRIPT
                ? Job.script("pass").build()
                : Job.tests("pass", "pass").mode(mode).build();
        String lines = report.replace('\'', '"').replace("}{\"", "}\n{\"");
        JsonNode told = JSON.readTree("""
                {"ended": %s, "nested": false, "report": "%s", "out": "", "err": "", "cpu": 0.1, "rss": 1, "wall": 1,
                 "roles": {"%s": {"signal": %d, "exit": %d, "cpu": 0.1}}}
                """.formatted(
                        ended.equals("null") ? ended : '"' + ended + '"',
                        Base64.getEncoder().encodeToString(lines.getBytes(StandardCharsets.UTF_8)),
                        role,
                        signal,
                        signal == 0 ? exit : -1));
        return new Judge("test").judge(new Ticket(1, job, ticket -> {}), told);
    }
}
