namespace Fpe.Numerics;

/// <summary>
/// The purpose of a random stream. Each purpose has separate streams, so drawing more or fewer numbers for one does not affect the others.
/// </summary>
public enum RandomPurpose : byte
{
    /// <summary>Initial weights; one stream per layer.</summary>
    Initialisation = 1,

    /// <summary>Order of the training samples; one stream per epoch.</summary>
    Shuffle = 2,

    /// <summary>Partitions of incoming edges; one stream per layer.</summary>
    IncomingSplit = 3,

    /// <summary>Partitions of outgoing edges; one stream per layer.</summary>
    OutgoingSplit = 4,

    /// <summary>Clustering of input features; one stream per layer.</summary>
    Clustering = 5,

    /// <summary>Dropout; one stream per layer and step.</summary>
    Dropout = 6,

    /// <summary>Division of a data set into parts.</summary>
    DataSplit = 7,

    /// <summary>Generated data; one stream per part, such as training and test data.</summary>
    Synthesis = 8,

    /// <summary>Boolean formulas: the inputs that a clause reads, and which of them are negated.</summary>
    Formula = 9,

    /// <summary>Estimates of how often a Boolean formula is true.</summary>
    FormulaEstimate = 10,

    /// <summary>Inputs of children that overlap; one stream per layer.</summary>
    OverlappingSplit = 11,

    /// <summary>Edges and initial values of static random sparse layers; one stream per layer.</summary>
    RandomSparsity = 12,

    /// <summary>DropConnect; one stream per layer and step.</summary>
    DropConnect = 13,

    /// <summary>Weights of fixed random projections.</summary>
    Projection = 14,

    /// <summary>Edges and weights from which learning starts; one stream per layer.</summary>
    LearnedStart = 15,

    /// <summary>Edges that grow at random; one stream per layer and step.</summary>
    EdgeGrowth = 16,

    /// <summary>Edges and weights of outputs that are added to a model; one stream per output.</summary>
    OutputGrowth = 17,

    /// <summary>Numbers drawn by user-defined layers or expansion methods, which may divide the streams as they like.</summary>
    Custom = 255,
}
