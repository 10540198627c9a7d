package touchstone.nn.lm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import touchstone.nn.Backend;
import touchstone.nn.Parameter;
import touchstone.nn.cpu.Cpu;
import touchstone.nn.optim.Schedule;

class DistillationTest {
    /** Step of central differences; its square times third derivatives of order 1 is their error. */
    private static final double STEP = 1e-5;

    private static final Backend DOUBLES = Cpu.doubles(1);

    private static LanguageModel student() {
        return Tiny.moved(DOUBLES, Tiny.CONFIG);
    }

    private static LanguageModel teacher() {
        return Tiny.move(LanguageModel.of(DOUBLES, Tiny.CONFIG, 8), 11).frozen();
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1, 4})
    void gradientIsThatOfCentralDifferences(double temperature) {
        LanguageModel student = student();
        Batch batch = Batch.of(Tiny.samples());
        LanguageLoss loss = Distillation.of(teacher(), temperature).where(s -> s.length() != 4);
        student.clearGradients();
        student.accumulate(batch, loss);
        for (Parameter p : student.trained()) {
            for (int k = 0; k < p.value().size(); k += 5) {
                int row = k / p.value().columns();
                int column = k % p.value().columns();
                double at = p.value().get(row, column);
                p.value().set(row, column, at + STEP);
                double up = student.loss(batch, loss);
                p.value().set(row, column, at - STEP);
                double down = student.loss(batch, loss);
                p.value().set(row, column, at);
                double expected = (up - down) / (2 * STEP);
                assertEquals(expected, p.gradient().get(row, column), 1e-8 * (1 + Math.abs(expected)), p.name());
            }
        }
    }

    /** By the definition, from the probabilities of one next token; at T 1 the factor is 1. */
    @Test
    void valueIsTheDivergence() {
        LanguageModel student = student();
        LanguageModel teacher = teacher();
        double[] p = student.next(2, 4);
        double[] q = teacher.next(2, 4);
        double kl = 0;
        for (int j = 0; j < p.length; j++) {
            kl += q[j] * Math.log(q[j] / p[j]);
        }
        Batch batch = Batch.of(List.of(Sample.answer(new int[] {2, 4}, 1)));
        assertEquals(kl, student.loss(batch, Distillation.of(teacher, 1)), 1e-12);
        assertTrue(kl > 0.01, "student and teacher differ: " + kl);
    }

    @Test
    void agreementCostsNothing() {
        LanguageModel student = student();
        Batch batch = Batch.of(Tiny.samples());
        assertEquals(0, student.loss(batch, Distillation.of(student.frozen(), 3)), 1e-13);
    }

    /** Where the teacher is never asked, the loss is cross-entropy. */
    @Test
    void samplesOfNoTeacherAreLearntByTheirTokens() {
        LanguageModel student = student();
        Batch batch = Batch.of(Tiny.samples());
        double expected = student.loss(batch, LanguageLoss.crossEntropy());
        assertEquals(expected, student.loss(batch, Distillation.of(teacher(), 2).where(s -> false)), 1e-12);
    }

    @Test
    void aStudentComesToItsTeacher() {
        LanguageModel student = student();
        Batches texts = Batches.of(Tiny.samples(), 3, 1);
        LanguageLoss loss = Distillation.of(teacher(), 2);
        double before = student.loss(texts.at(0), loss);
        LanguageTrainer.defaults()
                .withSteps(400)
                .withSchedule(Schedule.cosine(0.01, 0))
                .fit(student, texts, loss);
        double after = student.loss(texts.at(0), loss);
        assertTrue(after < 0.1 * before, after + " after, " + before + " before");
    }

    @Test
    void aTeacherOfOtherWordsIsNamed() {
        LanguageModel other = LanguageModel.of(DOUBLES, new TransformerConfig(9, 6, 8, 2, 2, false), 1);
        Batch batch = Batch.of(Tiny.samples());
        assertEquals(
                "teacher must have the student's vocabulary of 7 tokens, had 9",
                assertThrows(IllegalArgumentException.class, () -> student().loss(batch, Distillation.of(other, 1)))
                        .getMessage());
    }
}
