using Fpe.Counting;
using Fpe.Embedded.Source;

namespace Fpe.Embedded.Edges;

/// <summary>The edges of a layer in one of the codes: the order of its weights, the tables that say which edges they belong to, and the loop that reads them.</summary>
internal abstract class EdgeForm
{
    /// <summary>Stands for a weight of 0 that no edge has.</summary>
    public const int NoEdge = -1;

    /// <summary>The code.</summary>
    public abstract EdgeCode Code { get; }

    /// <summary>The slot of each weight, in the order in which the loop reads them; <see cref="NoEdge"/> for a 0 between edges.</summary>
    public required IReadOnlyList<int> Slots { get; init; }

    /// <summary>The tables besides the weights.</summary>
    public virtual IReadOnlyList<CTable> Tables => [];

    /// <summary>How the edges are written, in the words of a comment.</summary>
    public abstract string Description { get; }

    /// <summary>Writes the loop that computes the weighted sums.</summary>
    public abstract void WriteLoop(CWriter text, ProductNames names);

    /// <summary>Returns the bytes of weights and tables.</summary>
    public long Bytes(int weightBytes) =>
        EdgeTables.Padded((long)weightBytes * Math.Max(1, Slots.Count)) + Tables.Sum(table => table.Bytes);
}
