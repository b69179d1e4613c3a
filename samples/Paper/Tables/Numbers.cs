using System.Globalization;
using Fpe.Numerics;

namespace Samples.Paper.Tables;

/// <summary>Formats numbers for tables.</summary>
internal static class Numbers
{
    private const string Signed = "+0.00;−0.00;0.00";

    /// <summary><c>87.23 ± 0.42</c>, or only the value if there is one.</summary>
    public static string MeanAndDeviation(SampleStatistics statistics) =>
        statistics.Count == 1 ? Plain(statistics.Mean) : $"{Plain(statistics.Mean)} ± {Plain(statistics.Deviation)}";

    /// <summary><c>+0.52 [+0.11, +0.93]</c>, or only the mean if there is no interval; empty if there is no value.</summary>
    public static string MeanAndInterval(SampleStatistics? statistics) => statistics switch
    {
        null => "",
        { Count: 1 } one => WithSign(one.Mean),
        { } several => Interval(several.Mean, several.Mean - several.Margin95, several.Mean + several.Margin95),
    };

    /// <summary>A value and its interval, all with signs.</summary>
    public static string Interval(double mean, double low, double high) => $"{WithSign(mean)} [{WithSign(low)}, {WithSign(high)}]";

    /// <summary>Two decimals.</summary>
    public static string Plain(double value) => value.ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Three decimals.</summary>
    public static string Fine(double value) => value.ToString("0.000", CultureInfo.InvariantCulture);

    /// <summary>A whole number with separators.</summary>
    public static string Count(double value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    /// <summary>Two decimals and the sign.</summary>
    public static string WithSign(double value) => value.ToString(Signed, CultureInfo.InvariantCulture);
}
