using Microsoft.ML.Data;

namespace Fpe.ML.Tests.Documented;

/// <summary>A row of the table in docs/mlnet.md.</summary>
public sealed class Flat
{
    [LoadColumn(0)]
    public float Size { get; set; }

    [LoadColumn(1)]
    public float Rooms { get; set; }

    [LoadColumn(2)]
    public string District { get; set; } = "";

    [LoadColumn(3)]
    public string Label { get; set; } = "";
}
