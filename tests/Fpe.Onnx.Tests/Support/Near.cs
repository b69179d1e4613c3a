namespace Fpe.Onnx.Tests.Support;

/// <summary>Outputs that agree as well as another order of summation allows.</summary>
internal static class Near
{
    private const float Tolerance = 1e-5f;

    public static void Equal(ReadOnlySpan<float> expected, ReadOnlySpan<float> actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= Tolerance * Math.Max(1, Math.Abs(expected[i])), $"output {i}: {actual[i]} instead of {expected[i]}");
    }
}
