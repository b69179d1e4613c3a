using Fpe.Data;

namespace Fpe.ML;

/// <summary>Mean and deviation of each value of a row, by which values are standardised and predictions brought back.</summary>
/// <param name="means">The means.</param>
/// <param name="deviations">The deviations; 0 for what is constant.</param>
internal sealed class Scale(double[] means, double[] deviations)
{
    /// <summary>Measures the values of a data set.</summary>
    public static Scale Of(Dataset dataset)
    {
        Standardization measured = Standardization.PerFeature(dataset);
        return new Scale([.. measured.Means], [.. measured.Deviations]) { Measured = measured };
    }

    /// <summary>The same for a <see cref="ModelMeaning"/>; null if the scale was read from a file, whose model has it.</summary>
    public Standardization? Measured { get; private init; }

    /// <summary>Reads what <see cref="Write"/> wrote.</summary>
    public static Scale Read(BinaryReader reader, int width)
    {
        double[] Numbers() => [.. Enumerable.Range(0, width).Select(_ => reader.ReadDouble())];
        return new Scale(Numbers(), Numbers());
    }

    /// <summary>Writes the means, then the deviations.</summary>
    public void Write(BinaryWriter writer)
    {
        foreach (double number in means.Concat(deviations))
            writer.Write(number);
    }

    /// <summary>Standardises rows in place; what was constant becomes 0.</summary>
    public void Apply(Span<float> rows)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            int column = i % means.Length;
            rows[i] = deviations[column] == 0 ? 0 : (float)((rows[i] - means[column]) / deviations[column]);
        }
    }

    /// <summary>Brings a standardised row back.</summary>
    public void Revert(Span<float> row)
    {
        for (int i = 0; i < row.Length; i++)
            row[i] = (float)((row[i] * deviations[i]) + means[i]);
    }
}
