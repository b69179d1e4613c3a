using System.Numerics;
using Fpe.Compute;

namespace Fpe.Research.Reference;

/// <summary>Copies between number formats.</summary>
internal static class Converted
{
    public static void Copy<TFrom, TTo>(ReadOnlySpan<TFrom> source, Span<TTo> destination)
        where TFrom : INumberBase<TFrom>
        where TTo : INumberBase<TTo>
    {
        for (int i = 0; i < source.Length; i++)
            destination[i] = TTo.CreateTruncating(source[i]);
    }
}
