namespace Fpe.Onnx;

/// <summary>Specifies how the weights of a layer are stored in an ONNX file.</summary>
public enum OnnxForm
{
    /// <summary>One matrix, all of whose elements are weights.</summary>
    Dense,

    /// <summary>One matrix, with zeros for edges that do not exist.</summary>
    DenseWithZeros,

    /// <summary>Small dense matrices, each multiplied by the inputs that its rows share; zeros are only holes left by pruning, and what widens a block to the width of others.</summary>
    GatheredBlocks,
}
