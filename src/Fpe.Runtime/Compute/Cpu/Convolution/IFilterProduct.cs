namespace Fpe.Compute.Cpu;

/// <summary>A product of the filters of a block with one side of a convolution, known to the compiler.</summary>
internal unsafe interface IFilterProduct
{
    /// <summary>Computes what the run says.</summary>
    static abstract void Compute(FilterRun* run);
}
