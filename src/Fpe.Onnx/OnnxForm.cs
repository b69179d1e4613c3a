namespace Fpe.Onnx;

/// <summary>How the weights of a layer stand in an ONNX file.</summary>
public enum OnnxForm
{
    /// <summary>One matrix, all of whose elements are weights.</summary>
    Dense,

    /// <summary>One matrix, with zeros where there is no edge.</summary>
    DenseWithZeros,

    /// <summary>
    /// Small dense matrices, each multiplied with the inputs that its rows share; zeros only where pruning left holes.
    /// </summary>
    GatheredBlocks,
}
