# ruff: noqa: E501, RUF001 - tables of words read best one pair a line, Chinese ones with their own marks

"""What the editors of the ten small guides in tests/cards/lock/guides write in the place of what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

Pairs: TypeAlias = tuple[tuple[str, str], ...]
"""Old and new words."""


@dataclass(frozen=True, slots=True)
class GuideWords:
    """What an editor of one guide writes."""

    headings: Pairs
    """Questions in other words."""
    answers: Pairs
    """Answers in other words."""
    terms: Pairs
    """Names that are replaced throughout."""
    question: str
    """A new question with its answer, in the form of the guide."""
    entries: tuple[str, ...]
    """New entries of lists."""
    steps: tuple[str, ...]
    """New steps."""
    values: Pairs = ()
    """Facts that changed: numbers, code, what code prints."""


WORDS = {
    "readme": GuideWords(
        headings=(
            ("What is a data warehouse?", "Explain what people mean by a data warehouse."),
            ("What limits a single server?", "Why can one machine not grow for ever?"),
            ("How do you load a file into a table?", "How is a file brought into a table?"),
            ("What is the difference between a view and a table?", "How do views and tables differ?"),
            ("Why are indexes not free?", "What is the price of an index?"),
            ("When would you normalise a schema?", "When should a schema be normalised?"),
        ),
        answers=(
            (
                "keeps the history of a company for reports",
                "holds the history of a company so that reports can be made",
            ),
            ("the speed of its disk", "how fast its disk is"),
            ("Check the header of the file", "Check that the header of the file is right"),
            (
                "stores a query that runs each time somebody reads from it",
                "stores a query, which runs whenever somebody reads from it",
            ),
            (
                "because each of them must be kept in order",
                "because every one of them has to be kept in order",
            ),
            ("and they begin to differ", "and the copies begin to disagree"),
        ),
        terms=(("warehouse", "vault"), ("View", "Window"), ("file", "document"), ("server", "machine")),
        question="7. ### What is a foreign key?\n\n   It names a row of another table, and the database checks that it exists.",
        entries=("the number of open connections", "its power supply"),
        steps=("Shuffle the lines of the file", "Write a backup of the table"),
        values=(("1,024", "2,048"), ("at night", "each hour")),
    ),
    "details": GuideWords(
        headings=(
            ("What is a packet?", "What do we call a packet?"),
            ("Which layers does the model have?", "Name the layers of the reference model."),
            ("What happens when a connection is opened?", "Walk me through the opening of a connection."),
            ("Which protocols do you know?", "Can you tell some protocols apart?"),
            ("Is UDP reliable?", "Can one rely on UDP?"),
            ("What does a router do?", "What is the work of a router?"),
        ),
        answers=(
            (
                "a small piece of data with the address that it travels to",
                "a little piece of data that carries the address of its goal",
            ),
            ("transport layer", "transportation layer"),
            ("The server answers and asks in turn", "The server answers and asks for the same in turn"),
            (
                "turns the name of a machine into its address",
                "translates the name of a machine into its address",
            ),
            (
                "may be lost, doubled or reordered on their way",
                "can get lost, come twice or change their order on the way",
            ),
            ("It forwards packets between networks", "It passes packets on between networks"),
        ),
        terms=(("packet", "datagram"), ("TCP", "SCTP"), ("router", "gateway"), ("server", "host")),
        question="<details><summary>What is a port?</summary>\n\nA number that tells the programs of one machine apart.\n\n</details>",
        entries=("presentation layer", "physical layer"),
        steps=("The client looks up the address", "Both sides agree on keys"),
        values=(("1,500", "9,000"), ("a single example", "two examples")),
    ),
    "bold": GuideWords(
        headings=(
            ("What is regression?", "What do you understand by regression?"),
            (
                "Which metrics for regression do you know?",
                "How can one measure a model that predicts numbers?",
            ),
            ("What is the normal equation?", "What does the normal equation give?"),
            ("What is a random forest?", "How does a random forest work?"),
            ("How many trees do you need?", "What is a good number of trees?"),
            ("Can trees handle missing values?", "Are missing values a problem for trees?"),
        ),
        answers=(
            (
                "the task of predicting a number from the features of an example",
                "the task to predict a number, given the features of an example",
            ),
            ("mean absolute error", "the mean of absolute errors"),
            ("without any iteration", "at once, without iterating"),
            (
                "Many trees vote, each of which saw another sample of rows and columns.",
                "Many trees vote; each saw a different sample of the rows and columns.",
            ),
            ("is a good start for small tables", "is a fine start where tables are small"),
        ),
        terms=(("regression", "estimation"), ("forest", "ensemble"), ("tree", "hierarchy")),
        question="**What is boosting? 🚀**\n\nEach new model learns from the errors of those before it.",
        entries=("the largest single error", "the median of the errors"),
        steps=("Take a sample of the rows", "Count the votes"),
        values=(("300", "500"),),
    ),
    "quiz": GuideWords(
        headings=(
            ("2. What's the output?", "2. What does this print?"),
            ("Which keyword declares a constant?", "How is a constant declared?"),
            ("Where does hoisting move a declaration?", "What is the goal of hoisting?"),
        ),
        answers=(
            (
                "The length is a number, so the two are added.",
                "As the length is a number, both are added up.",
            ),
            ("`let`", "`final`"),
            ("to the top of its scope", "to the start of its scope"),
            (
                "This was a mistake in the first release and nobody may mend it now.",
                "A mistake of the first release that nobody dares to mend.",
            ),
            ("into the global object", "into the window object"),
        ),
        terms=(("hoisting", "lifting"), ("keyword", "word"), ("constant", "fixed name")),
        question="###### 5. Which method adds to the end of an array?\n\n- A: `push`\n- B: `pop`\n- C: `shift`\n\n#### Answer: A\n\nThe others take entries away.",
        entries=(),
        steps=(),
        values=(
            ("[1, 2, 3].length + 1", "[1, 2, 3, 4].length + 1"),
            ("#### Answer: C", "#### Answer: A"),
            ("typeof null", "typeof undefined"),
        ),
    ),
    "notebook": GuideWords(
        headings=(
            ("Create a list of ten zeros", "Make a list that holds ten zeros"),
            ("Reverse a list of numbers", "Turn a list of numbers round"),
            ("Find the largest number of a list", "What is the biggest number in a list?"),
            ("Count the words of a sentence", "How many words has a sentence?"),
            ("Merge two dictionaries", "Put two dictionaries together"),
            ("What does `enumerate` return?", "What comes out of `enumerate`?"),
        ),
        answers=(
            (
                "It yields pairs of a position and an entry, so that no counter is needed.",
                "It gives pairs of position and entry, so nobody needs a counter.",
            ),
            ("hint: max", "hint: there is a function"),
            ("backwards = numbers[::-1]", "backwards = list(reversed(numbers))"),
        ),
        terms=(("zeros", "blanks"), ("numbers", "values"), ("sentence", "phrase"), ("merged", "union")),
        question='#### 7. Sort a list of names\n\n```python\nordered = sorted(["Eve", "Ada"])\n```',
        entries=(),
        steps=(),
        values=(
            ("[0] * 10", "[0] * 12"),
            ("[4, 8, 6]", "[4, 8, 6, 9]"),
            ("\n5\n", "\n6\n"),
            ("numbers[::-1]", "numbers[-1::-1]"),
        ),
    ),
    "tables": GuideWords(
        headings=(
            ("What is an availability zone?", "What do they call an availability zone?"),
            ("What is object storage?", "How does object storage keep files?"),
            ("Who pays for outgoing traffic?", "Who is charged for traffic that leaves?"),
            ("How do the storage classes differ?", "What are the differences between the storage classes?"),
            ("Which machine types are there?", "What types of machines can one rent?"),
            ("What does a load balancer check?", "How does a load balancer find broken machines?"),
        ),
        answers=(
            (
                "A group of data centres with their own power and network",
                "Some data centres that have their own power and network",
            ),
            ("The owner of the account that sends the data", "Whoever owns the account that sends the data"),
            (
                "saves up credits while idle and spends them under load",
                "saves credits while it is idle and spends them under load",
            ),
            ("pages of a shop", "the pages of a web shop"),
            ("leaves out those that fail", "takes out those which fail"),
        ),
        terms=(("Spot", "Preemptible"), ("Archive", "Glacier"), ("Delay", "Latency"), ("Class", "Tier")),
        question="## What is a bucket?\n\nA flat place for objects whose name is unique in the world.",
        entries=(
            "**Dedicated**: shares its hardware with no other customer",
            "**Tiny**: is free of charge for the first year of an account",
        ),
        steps=(),
        values=(
            ("23 cents", "21 cents"),
            ("12 hours", "10 hours"),
            ("10 seconds", "30 seconds"),
            ("two minutes", "five minutes"),
        ),
    ),
    "faq": GuideWords(
        headings=(
            ("How long does delivery take?", "When will my parcel arrive?"),
            ("Can I change the address later?", "Is it possible to change the address later on?"),
            ("Which cards do you take?", "What cards can I pay with?"),
            ("When is my card charged?", "On which day is my card charged?"),
            ("How long may I return things?", "Until when may things be returned?"),
            ("Where do I find the label?", "Where is the label for returning things?"),
        ),
        answers=(
            ("Three working days within the country.", "It takes three working days within the country."),
            (
                "Yes, until the parcel has left the warehouse.",
                "Yes, as long as the parcel has not left our warehouse.",
            ),
            ("Companies can, after their third order.", "Only companies may do so, after their third order."),
            ("We do, if what you got was broken.", "We do if the thing you got was broken."),
        ),
        terms=(("parcel", "packet"), ("cards", "bank cards"), ("warehouse", "depot")),
        question="Q: Is wrapping free?\nA: For gifts that cost more than a book.",
        entries=(),
        steps=(),
        values=(
            ("Three working days", "Five working days"),
            ("30 days", "14 days"),
            ("before noon", "before ten o'clock"),
            ("third order", "second order"),
        ),
    ),
    "chinese": GuideWords(
        headings=(
            ("什么是事务？", "请解释事务是什么？"),
            ("事务有哪些特性？", "请列举事务的特性？"),
            ("有哪些索引类型？", "你知道哪几种索引？"),
            ("如何优化慢查询？", "慢查询应该怎么优化？"),
            ("什么是死锁？", "死锁是怎么回事？"),
            ("默认的隔离级别是什么？", "默认使用哪个隔离级别？"),
        ),
        answers=(
            ("一组要么全部成功要么全部失败的操作", "一组必须全部成功否则全部失败的操作"),
            ("按照文章里的词找到整篇文章", "根据文章里的词找到整篇文章"),
            ("然后查看执行计划", "然后查看它的执行计划"),
            (
                "两个事务互相等待对方手里的锁，谁也不能继续。",
                "两个事务互相等待对方手里的锁，所以谁都不能继续。",
            ),
        ),
        terms=(("事务", "交易"), ("哈希", "散列"), ("死锁", "互锁")),
        question="### 7. 什么是视图？\n\n视图是一个有名字的查询，读它的时候才会执行。",
        entries=("可恢复性", "可扩展性"),
        steps=("接着重写查询语句", "先备份数据库"),
        values=(("可重复读", "读已提交"),),
    ),
    "code": GuideWords(
        headings=(
            (
                "How do you list the biggest files of a folder?",
                "Which command lists the biggest files of a folder?",
            ),
            ("Write a query for the second highest salary", "Find the second highest salary with a query"),
            (
                "How do you undo the last commit but keep its changes?",
                "Undo the last commit without losing its changes",
            ),
            ("What is the output of this code?", "What does this code print?"),
            ("How do you read a file line by line?", "Read a file line by line"),
            ("What is a generator?", "How would you explain a generator?"),
        ),
        answers=(
            (
                "It is `10`, because both are turned into numbers first.",
                "`10`: both are turned into numbers before.",
            ),
            (
                "a function that yields values one by one and keeps its place",
                "a function which yields its values one by one and remembers its place",
            ),
            ("because only one value exists at a time", "because just one value exists at any time"),
        ),
        terms=(("generator", "producer"), ("salary", "wage"), ("commit", "change")),
        question="## How do you count the lines of a file?\n\n```bash\nwc -l data.txt\n```",
        entries=(),
        steps=(),
        values=(
            ("head -n 20", "head -n 10"),
            ("HEAD~1", "HEAD~2"),
            ('"5" * "2"', '"5" * "3"'),
            ("utf-8", "latin-1"),
            ("staff", "employees"),
        ),
    ),
    "outline": GuideWords(
        headings=(
            ("What is a process", "What do we mean by a process"),
            ("What does a scheduler weigh", "What has a scheduler to take into account"),
            ("How does a system boot", "What goes on while a system boots"),
            ("What is virtual memory", "How does virtual memory work"),
            ("Which signals should you know", "Tell the important signals"),
        ),
        answers=(
            ("a program that runs with its own memory", "a running program that has memory of its own"),
            ("gives up the processor only when it wants to", "leaves the processor only if it wants to"),
            ("the time until an answer", "how long an answer takes"),
            ("The loader reads the kernel from the disk", "The boot loader reads the kernel from the disk"),
            ("maps them to pages", "maps these to pages of memory"),
            ("end at once without cleaning up", "stop at once and clean nothing up"),
        ),
        terms=(("process", "task"), ("Zombie", "Ghost"), ("kernel", "core"), ("Number", "Code")),
        question="## 6 What is an interrupt\n\nA sign from a device that makes the processor leave what it does.",
        entries=("deadlines", "how warm the chip is"),
        steps=("The firmware finds the disk", "The user logs in"),
        values=(("4096", "16384"), ("| 9 |", "| 8 |"), ("| 15 |", "| 16 |")),
    ),
}
