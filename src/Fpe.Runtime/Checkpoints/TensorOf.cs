using System.Runtime.InteropServices;

namespace Fpe.Checkpoints;

/// <summary>A tensor with its elements.</summary>
/// <param name="Name">The name, such as <c>hidden.weight</c>.</param>
/// <param name="Type">The format of the elements.</param>
/// <param name="Shape">The size of each dimension.</param>
/// <param name="Content">The elements, row by row.</param>
/// <typeparam name="T">The type of an element, or of a byte of an element.</typeparam>
internal sealed record TensorOf<T>(string Name, TensorType Type, long[] Shape, T[] Content) : Tensor(Name, Type, Shape)
    where T : unmanaged
{
    // The content can have more bytes than a span supports.
    private const int Piece = 1 << 20;

    public override unsafe long Length => (long)Content.Length * sizeof(T);

    public override void Write(Action<ReadOnlySpan<byte>> receiver)
    {
        for (int first = 0; first < Content.Length; first += Math.Min(Piece, Content.Length - first))
            receiver(MemoryMarshal.AsBytes(Content.AsSpan(first, Math.Min(Piece, Content.Length - first))));
    }
}
