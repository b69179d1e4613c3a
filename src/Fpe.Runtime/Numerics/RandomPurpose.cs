namespace Fpe.Numerics;

/// <summary>What a random stream is used for. Each purpose has streams of its own, so that a change of one leaves the others' numbers alone.</summary>
public enum RandomPurpose : byte
{
    /// <summary>Initial weights; one stream a layer.</summary>
    Initialisation = 1,

    /// <summary>Order of the training samples; one stream an epoch.</summary>
    Shuffle = 2,

    /// <summary>Partitions of incoming edges; one stream a layer.</summary>
    IncomingSplit = 3,

    /// <summary>Partitions of outgoing edges; one stream a layer.</summary>
    OutgoingSplit = 4,

    /// <summary>Clustering of input features; one stream a layer.</summary>
    Clustering = 5,

    /// <summary>Dropout; one stream a layer and step.</summary>
    Dropout = 6,

    /// <summary>Division of a data set into parts.</summary>
    DataSplit = 7,

    /// <summary>Generated data; one stream a part, such as training and test data.</summary>
    Synthesis = 8,

    /// <summary>Boolean formulas: which inputs a clause reads, and which of them negated.</summary>
    Formula = 9,

    /// <summary>Estimates of how often a Boolean formula is true.</summary>
    FormulaEstimate = 10,

    /// <summary>Inputs of children that overlap; one stream a layer.</summary>
    OverlappingSplit = 11,

    /// <summary>Edges and initial values of static random sparse layers; one stream a layer.</summary>
    RandomSparsity = 12,

    /// <summary>DropConnect; one stream a layer and step.</summary>
    DropConnect = 13,

    /// <summary>Weights of fixed random projections.</summary>
    Projection = 14,

    /// <summary>Edges and weights from which learning starts; one stream a layer.</summary>
    LearnedStart = 15,

    /// <summary>Edges that grow at random; one stream a layer and step.</summary>
    EdgeGrowth = 16,

    /// <summary>Anything that a program draws in layers or expansion methods of its own; it divides the streams as it likes.</summary>
    Custom = 255,
}
