using System.Numerics;

namespace Fpe;

/// <summary>
/// Buffers that no call is using, by size. A processor finds those that it used last without waiting for others; if it has none, it takes
/// those of the others, so that there are hardly ever more than calls at the same time.
/// </summary>
/// <typeparam name="T">The buffers.</typeparam>
/// <param name="sizes">The number of sizes.</param>
internal sealed class IdleBuffers<T>(int sizes)
    where T : class
{
    private readonly int stride = StrideOf(sizes);
    private readonly T?[] last = new T?[Stripes.Count * StrideOf(sizes)];
    private readonly Stack<T>[] others = [.. Enumerable.Range(0, sizes).Select(_ => new Stack<T>())];

    /// <summary>Takes buffers of a size; null if all are in use.</summary>
    public T? Take(int size)
    {
        if (Interlocked.Exchange(ref last[(Stripes.IndexOf(Stripes.Count) * stride) + size], null) is { } own)
            return own;
        lock (others)
        {
            if (others[size].TryPop(out T? other))
                return other;
        }

        for (int stripe = 0; stripe < Stripes.Count; stripe++)
        {
            if (Interlocked.Exchange(ref last[(stripe * stride) + size], null) is { } foreign)
                return foreign;
        }

        return null;
    }

    /// <summary>Returns buffers.</summary>
    public void Return(int size, T buffers)
    {
        if (Interlocked.CompareExchange(ref last[(Stripes.IndexOf(Stripes.Count) * stride) + size], buffers, null) is null)
            return;
        lock (others)
            others[size].Push(buffers);
    }

    /// <summary>Takes all buffers.</summary>
    public IReadOnlyList<T> TakeAll()
    {
        var all = new List<T>();
        for (int size = 0; size < sizes; size++)
        {
            while (Take(size) is { } buffers)
                all.Add(buffers);
        }

        return all;
    }

    private static int StrideOf(int sizes) => (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(sizes, Stripes.Bytes / nint.Size));
}
