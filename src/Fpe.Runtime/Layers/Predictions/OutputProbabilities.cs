namespace Fpe;

/// <summary>Turns logits into probabilities, in double precision and without overflow.</summary>
internal static class OutputProbabilities
{
    /// <summary>Returns 1 / (1 + e^−z).</summary>
    public static double Sigmoid(double z)
    {
        double e = Math.Exp(-Math.Abs(z));
        return z >= 0 ? 1 / (1 + e) : e / (1 + e);
    }

    /// <summary>Replaces rows of outputs with probabilities: the softmax of each row for one of several classes, otherwise sigmoids.</summary>
    public static void OfOutputs(ModelTask task, Span<float> outputs, int width)
    {
        if (task == ModelTask.Classification)
        {
            for (int row = 0; row < outputs.Length; row += width)
                Softmax(outputs.Slice(row, width));
            return;
        }

        foreach (ref float output in outputs)
            output = (float)Sigmoid(output);
    }

    /// <summary>
    /// Returns ln(p / (1 − p)) with the probability p of a class by the softmax of a row of outputs: it orders probabilities that are too
    /// close to 0 or 1 to differ in 32 bits.
    /// </summary>
    public static double LogOdds(ReadOnlySpan<float> row, int index)
    {
        float other = float.NegativeInfinity;
        for (int c = 0; c < row.Length; c++)
        {
            if (c != index)
                other = Math.Max(other, row[c]);
        }

        double sum = 0;
        for (int c = 0; c < row.Length; c++)
        {
            if (c != index)
                sum += Exp(row[c], other);
        }

        return (row[index] == other ? 0 : (double)row[index] - other) - Math.Log(sum);
    }

    private static void Softmax(Span<float> row)
    {
        float largest = float.NegativeInfinity;
        foreach (float value in row)
            largest = Math.Max(largest, value);
        double sum = 0;
        foreach (float value in row)
            sum += Exp(value, largest);
        foreach (ref float value in row)
            value = (float)(Exp(value, largest) / sum);
    }

    // Infinite logits are equal, and their difference would be no number.
    private static double Exp(float value, float largest) => value == largest ? 1 : Math.Exp((double)value - largest);
}
