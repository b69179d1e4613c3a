namespace Fpe.ML.Tests.Documented;

/// <summary>A prediction in docs/mlnet.md.</summary>
public sealed class FlatAnswer
{
    public string Answer { get; set; } = "";

    public float[] Score { get; set; } = [];
}
