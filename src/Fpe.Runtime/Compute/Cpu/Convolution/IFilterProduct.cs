namespace Fpe.Compute.Cpu;

/// <summary>A product of the filters of a block with one side of a convolution, known at compile time.</summary>
internal unsafe interface IFilterProduct
{
    /// <summary>Computes the product for a segment.</summary>
    static abstract void Compute(FilterSegment* segment);
}
