package touchstone.rlhf.shaping;

import java.util.Arrays;
import touchstone.util.Check;

/**
 * A response to learn from: how much each of its words is to be followed.
 *
 * @param prompt words of the prompt
 * @param answer words of the answer, [n]
 * @param star of each word, from 0 (hold back) to 1 (follow), [n]
 * @param weight of the whole response, 0 or more
 */
@SuppressWarnings("ArrayRecordComponent") // copied on the way in; read by this package alone afterwards
public record Response(int[] prompt, int[] answer, double[] star, double weight) {
    public Response {
        Check.nonEmpty(answer.length, "answer");
        Check.sameLength(star.length, "star", answer.length, "answer");
        Check.probabilities(star, "star");
        Check.notNegative(weight, "weight");
        prompt = prompt.clone();
        answer = answer.clone();
        star = star.clone();
    }

    /** A response to be followed word for word. */
    public static Response of(int[] prompt, int[] answer) {
        var star = new double[answer.length];
        Arrays.fill(star, 1);
        return new Response(prompt, answer, star, 1);
    }

    public Response withStar(double... s) {
        return new Response(prompt, answer, s, weight);
    }

    public Response withWeight(double w) {
        return new Response(prompt, answer, star, w);
    }
}
