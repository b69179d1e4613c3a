namespace Fpe.Data.Text;

/// <summary>What a word of a text is.</summary>
public enum WordDivision
{
    /// <summary>Everything between white space, punctuation included.</summary>
    WhiteSpace,

    /// <summary>A sequence of letters, combining marks and digits; everything else divides words and is left out.</summary>
    LettersAndDigits,
}
