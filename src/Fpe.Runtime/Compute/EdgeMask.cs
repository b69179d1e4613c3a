using System.Numerics;
using System.Runtime.CompilerServices;

namespace Fpe.Compute;

/// <summary>Which elements of a buffer over edges belong to an edge, as bits: a word for every <see cref="DeviceBuffer.SliceAlignment"/> elements.</summary>
internal sealed class EdgeMask
{
    private readonly ulong[] words;
    private readonly int[] before;

    /// <summary>Finds out, by writing a number for every edge.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public EdgeMask(DeviceEdges edges)
    {
        var slots = new double[edges.Layout.SlotCount];
        Array.Fill(slots, 1);
        using DeviceBuffer marks = edges.Device.Allocate(edges.StorageLength);
        edges.Write(slots, marks);
        var marked = new float[marks.Length];
        marks.Read(marked);

        words = new ulong[WordsOf(marked.Length)];
        before = new int[words.Length + 1];
        for (int i = 0; i < marked.Length; i++)
        {
            if (marked[i] != 0)
                words[i / DeviceBuffer.SliceAlignment] |= 1ul << (i % DeviceBuffer.SliceAlignment);
        }

        for (int w = 0; w < words.Length; w++)
            before[w + 1] = before[w] + BitOperations.PopCount(words[w]);
    }

    /// <summary>The words; the first element is the lowest bit of the first.</summary>
    public ReadOnlySpan<ulong> Words => words;

    /// <summary>The number of edges before each word, and that of all edges.</summary>
    public ReadOnlySpan<int> EdgesBefore => before;

    /// <summary>Returns the number of edges of some elements, which start with a word, and end with one or with the buffer.</summary>
    public int Count(int first, int count) => before[WordsOf(first + count)] - before[first / DeviceBuffer.SliceAlignment];

    /// <summary>Returns for each of some elements whether it belongs to an edge.</summary>
    public bool[] Of(int first, int count)
    {
        var isEdge = new bool[count];
        for (int i = 0; i < count; i++)
            isEdge[i] = (words[(first + i) / DeviceBuffer.SliceAlignment] >> ((first + i) % DeviceBuffer.SliceAlignment) & 1) != 0;
        return isEdge;
    }

    private static int WordsOf(int elements) => (elements + DeviceBuffer.SliceAlignment - 1) / DeviceBuffer.SliceAlignment;
}
