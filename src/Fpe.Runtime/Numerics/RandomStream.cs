namespace Fpe.Numerics;

/// <summary>A sequence of random numbers read from a <see cref="Philox"/> stream. Not thread-safe.</summary>
public sealed class RandomStream
{
    private readonly ulong seed;
    private readonly ulong stream;
    private (uint X, uint Y, uint Z, uint W) block;
    private ulong position;

    /// <summary>Opens a stream.</summary>
    /// <param name="seed">Any number, including negative ones.</param>
    /// <param name="purpose">The purpose of the numbers.</param>
    /// <param name="index">Index of the stream among those of the purpose, such as a layer or an epoch; less than 2⁵⁶.</param>
    public RandomStream(long seed, RandomPurpose purpose, long index = 0)
    {
        this.seed = unchecked((ulong)seed);
        stream = StreamOf(purpose, index);
    }

    /// <summary>Number of words drawn so far; together with seed, purpose and index, this is the whole state.</summary>
    public long Position => (long)position;

    /// <summary>Returns the stream number of a purpose and index, for <see cref="Philox.Block"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative or needs more than 56 bits.</exception>
    public static ulong StreamOf(RandomPurpose purpose, long index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, 1L << 56);
        return ((ulong)purpose << 56) | (ulong)index;
    }

    /// <summary>Returns the next 32 bits.</summary>
    public uint NextWord()
    {
        if ((position & 3) == 0)
            block = Philox.Block(seed, stream, position >> 2);
        uint word = (position & 3) switch { 0 => block.X, 1 => block.Y, 2 => block.Z, _ => block.W };
        position++;
        return word;
    }

    /// <summary>Returns a uniform number in [0, 1), a multiple of 2⁻²⁴.</summary>
    public float NextSingle() => Philox.Uniform(NextWord());

    /// <summary>Returns a uniform number in [0, 1), a multiple of 2⁻⁵³.</summary>
    public double NextDouble()
    {
        ulong high = NextWord();
        ulong bits = (high << 32) | NextWord();
        return (bits >> 11) * (1.0 / (1UL << 53));
    }

    /// <summary>Fills an array with uniform numbers in [0, 1).</summary>
    public void Fill(Span<double> values)
    {
        for (int i = 0; i < values.Length; i++)
            values[i] = NextDouble();
    }

    /// <summary>Returns a uniform integer from 0 to <paramref name="bound"/> − 1, without bias (Lemire, 2019).</summary>
    /// <exception cref="ArgumentOutOfRangeException">The bound is not positive.</exception>
    public int NextInt32(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        ulong product = (ulong)NextWord() * (uint)bound;
        uint rejectBelow = unchecked(0u - (uint)bound) % (uint)bound;
        while ((uint)product < rejectBelow)
            product = (ulong)NextWord() * (uint)bound;
        return (int)(product >> 32);
    }

    /// <summary>Shuffles the elements (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> values)
    {
        for (int i = values.Length - 1; i > 0; i--)
        {
            int j = NextInt32(i + 1);
            (values[i], values[j]) = (values[j], values[i]);
        }
    }

    /// <summary>Returns a random permutation of 0 … <paramref name="count"/> − 1.</summary>
    public int[] Permutation(int count)
    {
        var order = new int[count];
        for (int i = 0; i < count; i++)
            order[i] = i;
        Shuffle(order.AsSpan());
        return order;
    }
}
