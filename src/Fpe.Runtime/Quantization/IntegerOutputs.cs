using Fpe.Compute;
using Fpe.Compute.Plain;

namespace Fpe.Quantization;

/// <summary>Which activations need a table of bytes, and the table.</summary>
internal static class IntegerOutputs
{
    /// <summary>Whether an activation does more than to cut off below 0.</summary>
    public static bool NeedsTable(ElementFunction function) => function.Kind is not (ActivationFunction.Identity or ActivationFunction.Relu);

    /// <summary>Returns the byte of f(z) for the byte of each z.</summary>
    public static byte[] TableOf(ElementFunction function, ValueScale from, ValueScale to) =>
        [.. Enumerable.Range(0, byte.MaxValue + 1).Select(z => to.Quantize((float)PlainActivation<double>.Apply(function, from.Restore(z))))];
}
