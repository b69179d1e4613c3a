namespace Fpe.Counting;

/// <summary>How generated C says which edges of a layer exist. Beside each code stand the tables it needs besides the weights.</summary>
internal enum EdgeCode
{
    /// <summary>None: a weight for each row and column, 0 where there is no edge.</summary>
    Dense,

    /// <summary>The columns of each block, and the sizes of the blocks: rows that read the same columns are a small dense product.</summary>
    Blocks,

    /// <summary>
    /// The rows of a neuron's children partition its columns: for each edge the child that has it, in 1, 2, 4 or 8 bits. If some columns
    /// have no edge, a bit for each neuron and column says which.
    /// </summary>
    Siblings,

    /// <summary>A bit for each row and column; rows begin at bytes.</summary>
    Bitmap,

    /// <summary>A byte for each edge: the number of columns since the edge before it. A byte ends each row, and one more leaps over 254 columns.</summary>
    Steps,

    /// <summary>The same with 16 bits.</summary>
    WideSteps,
}
