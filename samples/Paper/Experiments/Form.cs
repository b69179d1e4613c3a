namespace Samples.Paper.Experiments;

/// <summary>How much of an experiment is asked for.</summary>
internal enum Form
{
    /// <summary>The part that is compared first.</summary>
    Usual,

    /// <summary>A first look: little data, few epochs.</summary>
    Quick,

    /// <summary>Everything.</summary>
    Full,
}
