namespace Fpe.ML;

/// <summary>Collects target values.</summary>
/// <param name="label">The column of the label.</param>
internal sealed class TargetReader(Numbers label) : LabelReader
{
    private readonly List<float> targets = [];
    private readonly float[] values = new float[label.Width];

    /// <inheritdoc/>
    public override void Read(long row)
    {
        label.Read(row, values);
        targets.AddRange(values);
    }

    /// <inheritdoc/>
    public override Labels ToLabels() => new(Classes: null, [.. targets], label.Width);
}
