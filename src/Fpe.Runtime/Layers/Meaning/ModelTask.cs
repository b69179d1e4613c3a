namespace Fpe;

/// <summary>Specifies what the outputs of a model mean. A training run sets it by its loss, unless the program has set it.</summary>
public enum ModelTask
{
    /// <summary>One of several classes; a logit for each, whose softmax are the probabilities.</summary>
    Classification,

    /// <summary>Class 0 or 1; one logit, whose sigmoid is the probability of class 1.</summary>
    BinaryClassification,

    /// <summary>Any number of labels; a logit for each, whose sigmoid is the probability of the label.</summary>
    MultiLabel,

    /// <summary>Numbers; each output is one of them.</summary>
    Regression,
}
