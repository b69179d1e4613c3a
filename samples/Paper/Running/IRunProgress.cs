using Samples.Paper.Results;

namespace Samples.Paper.Running;

/// <summary>What the user sees while runs are under way. It is told of them from several threads.</summary>
internal interface IRunProgress
{
    /// <summary>Shows progress for as long as the work takes.</summary>
    void Around(Action work);

    /// <summary>Part of the work is done.</summary>
    /// <param name="multiplyAdds">How much.</param>
    void Advance(double multiplyAdds);

    /// <summary>A run finished or diverged.</summary>
    void RunEnded(RunResult result);
}
