namespace Fpe.Benchmarks.Reports;

/// <summary>A column of a table.</summary>
/// <param name="Heading">Its heading.</param>
/// <param name="Format">How numbers are shown; JSON has all digits.</param>
internal sealed record Column(string Heading, string Format = "0.00");
