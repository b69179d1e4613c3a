using System.Numerics;
using Fpe.Numerics;

namespace Fpe.Compute.Plain;

/// <summary>Drops channels, which are numbered sample by sample; y may be x.</summary>
internal static class PlainDropout<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    public static void Apply(int places, double rate, ulong seed, ulong stream, ReadOnlySpan<T> x, Span<T> y)
    {
        var scale = T.CreateChecked(1 / (1 - rate));
        for (int e = 0; e < x.Length; e++)
        {
            bool dropped = Philox.Uniform(Philox.Word(seed, stream, (ulong)(e / places))) < rate;
            y[e] = dropped ? T.Zero : x[e] * scale;
        }
    }
}
