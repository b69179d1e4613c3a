using System;

namespace Fpe.Counting;

/// <summary>
/// The bytes of the tables with the weights and the edges of a layer in generated C, for each code of the edges. Like the counting rules, this
/// file is compiled into both the generator, which proves a bound before training, and the runtime, whose exporter picks the smallest code.
/// </summary>
/// <remarks>
/// Tables begin at multiples of 4 bytes, so each is counted up to the next one. What is known before training are the shape and the
/// range of the number of edges; the rows and columns of edges are not.
/// </remarks>
internal readonly struct EdgeTables
{
    /// <summary>Every code, in the order in which the exporter prefers those that take equally many bytes.</summary>
    public static readonly EdgeCode[] Codes =
        [EdgeCode.Dense, EdgeCode.Blocks, EdgeCode.Siblings, EdgeCode.Bitmap, EdgeCode.Steps, EdgeCode.WideSteps];

    /// <summary>Describes the tables of a layer.</summary>
    /// <param name="weightBytes">Bytes of a weight: 1 or 4.</param>
    /// <param name="rows">The number of outputs, or of filters.</param>
    /// <param name="columns">The number of inputs.</param>
    public EdgeTables(int weightBytes, long rows, long columns) => (WeightBytes, Rows, Columns) = (weightBytes, rows, columns);

    /// <summary>The byte of <see cref="EdgeCode.Steps"/> that leaps as many columns; smaller ones are steps, and the one above ends a row.</summary>
    public const int Leap = byte.MaxValue - 1;

    /// <summary>The same for <see cref="EdgeCode.WideSteps"/>.</summary>
    public const int WideLeap = ushort.MaxValue - 1;

    /// <summary>The most children of a neuron that <see cref="EdgeCode.Siblings"/> tells apart.</summary>
    public const int MostChildren = 256;

    /// <summary>Bytes of the size of a block: 16 bits for its rows, and 16 for its columns.</summary>
    public const int SizeOfBlock = 4;

    public int WeightBytes { get; }

    public long Rows { get; }

    public long Columns { get; }

    /// <summary>The number of rows of a neuron that partition its columns; 0 or 1 if they do not.</summary>
    public int Children { get; init; }

    /// <summary>The number of blocks; 0 if no two rows share their columns.</summary>
    public long Blocks { get; init; }

    /// <summary>The sum of the columns of all blocks.</summary>
    public long BlockColumns { get; init; }

    /// <summary>The sum of rows · columns of all blocks: edges, and holes that pruning has left.</summary>
    public long BlockSlots { get; init; }

    private long Neurons => Rows / Math.Max(1, Children);

    private long BytesOfBits => (Columns + 7) / 8;

    /// <summary>Counts a table up to the beginning of the next.</summary>
    public static long Padded(long bytes) => checked(bytes + 3) / 4 * 4;

    /// <summary>Returns the number of bits that tell apart the children of a neuron: 1, 2, 4 or 8, so that a byte has a whole number of them.</summary>
    public static int BitsOfChild(int children) => children <= 2 ? 1 : children <= 4 ? 2 : children <= 16 ? 4 : 8;

    /// <summary>Returns the bytes of the number of a column in a list of columns: 1 or 2.</summary>
    public static int BytesOfColumn(long columns) => columns <= byte.MaxValue + 1 ? 1 : 2;

    /// <summary>Returns whether the code can hold the layer.</summary>
    public bool Allows(EdgeCode code) => code switch
    {
        EdgeCode.Dense or EdgeCode.Bitmap or EdgeCode.Steps or EdgeCode.WideSteps => true,
        EdgeCode.Blocks => Blocks > 0 && Columns <= ushort.MaxValue && Rows <= ushort.MaxValue,
        EdgeCode.Siblings => Children is > 1 and <= MostChildren,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };

    /// <summary>Returns the fewest bytes that a number of edges can take: those without a leap.</summary>
    /// <exception cref="OverflowException">They exceed 2⁶³ − 1, as for the other counts.</exception>
    public long Least(EdgeCode code, long edges) => checked(Weights(code, edges) + code switch
    {
        EdgeCode.Dense => 0,
        EdgeCode.Blocks => Padded(BlockColumns * BytesOfColumn(Columns)) + (Blocks * SizeOfBlock),
        EdgeCode.Siblings => Padded(((edges * BitsOfChild(Children)) + 7) / 8) + (edges == Neurons * Columns ? 0 : Padded(Neurons * BytesOfBits)),
        EdgeCode.Bitmap => Padded(Rows * BytesOfBits),
        EdgeCode.Steps => Padded(edges + Rows),
        EdgeCode.WideSteps => Padded(sizeof(ushort) * (edges + Rows)),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    });

    /// <summary>Returns the most bytes for a known number of edges: a row can begin with as many leaps as it has columns for.</summary>
    public long Most(EdgeCode code, long edges) => code switch
    {
        EdgeCode.Steps => checked(Weights(code, edges) + Padded(edges + Rows + Leaps(Leap))),
        EdgeCode.WideSteps => checked(Weights(code, edges) + Padded(sizeof(ushort) * (edges + Rows + Leaps(WideLeap)))),
        EdgeCode.Dense or EdgeCode.Blocks or EdgeCode.Siblings or EdgeCode.Bitmap => Least(code, edges),
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    };

    /// <summary>
    /// Returns the most bytes besides the weights of edges, for any number of edges in a range. They grow or shrink with the number of
    /// edges, so one of the ends has the most.
    /// </summary>
    public long MostBesideEdges(EdgeCode code, long fewest, long most)
    {
        checked
        {
            if (fewest == most)
                return Most(code, most) - (most * WeightBytes);
            // At the upper end, no column may be without an edge, and then its bits are left out; below, they are not.
            long bits = code == EdgeCode.Siblings && most == Neurons * Columns ? Padded(Neurons * BytesOfBits) : 0;
            long ends = Math.Max(Most(code, fewest) - (fewest * WeightBytes), Most(code, most) + bits - (most * WeightBytes));
            // Between the ends, each of two tables can take up to three bytes more to the next multiple of 4.
            return ends + 6;
        }
    }

    private long Weights(EdgeCode code, long edges) => checked(Padded(WeightBytes * code switch
    {
        EdgeCode.Dense => Rows * Columns,
        EdgeCode.Blocks => BlockSlots,
        EdgeCode.Siblings or EdgeCode.Bitmap or EdgeCode.Steps or EdgeCode.WideSteps => edges,
        _ => throw new ArgumentOutOfRangeException(nameof(code), code, message: null),
    }));

    private long Leaps(int longest) => checked(Rows * ((Columns - 1) / longest));
}
