namespace Samples.Paper.Report.Charts;

/// <summary>A value with its error bar.</summary>
/// <param name="X">Horizontal position.</param>
/// <param name="Y">The value.</param>
/// <param name="Low">Lower end of the error bar; <paramref name="Y"/> for none.</param>
/// <param name="High">Upper end of the error bar; <paramref name="Y"/> for none.</param>
internal readonly record struct Point(double X, double Y, double Low, double High)
{
    /// <summary>Whether the point can be drawn: all numbers are finite.</summary>
    public bool IsFinite => double.IsFinite(X) && double.IsFinite(Y) && double.IsFinite(Low) && double.IsFinite(High);

    /// <summary>A value without an error bar.</summary>
    public static Point At(double x, double y) => new(x, y, y, y);
}
