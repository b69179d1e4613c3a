namespace Samples.Paper.Report.Charts;

/// <summary>Values that belong together: one colour and one marker.</summary>
/// <param name="Name">Label in the legend.</param>
/// <param name="Style">Number of the colour and marker; the same in all charts of a task for equal networks.</param>
/// <param name="Points">The values, by ascending <see cref="Point.X"/>; those that cannot be drawn are left out.</param>
internal sealed record Series(string Name, int Style, IReadOnlyList<Point> Points)
{
    /// <summary>The values that can be drawn.</summary>
    public IReadOnlyList<Point> Points { get; } = [.. Points.Where(point => point.IsFinite)];
}
