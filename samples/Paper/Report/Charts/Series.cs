namespace Samples.Paper.Report.Charts;

/// <summary>Values that belong together: one colour and one marker.</summary>
/// <param name="Name">What the legend says.</param>
/// <param name="Points">The values, by rising <see cref="Point.X"/>.</param>
internal sealed record Series(string Name, IReadOnlyList<Point> Points);
