using System.Runtime.CompilerServices;
using Fpe.Compute;

namespace Fpe.Quantization;

/// <summary>What slides a window over an image and makes one value of what it sees in a channel.</summary>
internal abstract unsafe class WindowOperation : QuantizedOperation
{
    // The values that output o sees are those from starts[o] to starts[o + 1].
    private readonly int[] starts;
    private readonly int[] seen;

    protected WindowOperation(int source, Pool2dShape shape)
        : base(source)
    {
        starts = new int[shape.Output.Count + 1];
        var values = new List<int>();
        for (int o = 0; o < shape.Output.Count; o++)
        {
            values.AddRange(shape.Seen(o));
            starts[o + 1] = values.Count;
        }

        seen = [.. values];
    }

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override void Compute(in OperationCall call)
    {
        byte* x = call.Value(Sources[0]);
        for (int o = 0; o < starts.Length - 1; o++)
            call.Y[o] = ValueOf(x, seen.AsSpan(starts[o]..starts[o + 1]));
    }

    /// <summary>Returns the value of a place.</summary>
    /// <param name="x">The image.</param>
    /// <param name="inside">The values that the window sees there, without padding.</param>
    protected abstract byte ValueOf(byte* x, ReadOnlySpan<int> inside);
}
