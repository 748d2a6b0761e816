noticeboardSearch("titles",0,[
["工作要求","pages/requirements.html","进出校门的要求。","","zh-CN",""],
["隔离组","teams/isolation.html","筛查和隔离。","","zh-CN",""],
["关于晨检的通知","notices/2026/first.html","注意：请在7:40前上报，由隔离组汇总","2026-11-02","zh-CN","superseded"],
["撤回的提示","notices/2026/fourth.html","时间有误。","2026-11-05","zh-CN","withdrawn"],
["关于演练的通知","notices/2026/second.html","周三演练。","2026-11-20","zh-CN",""]]);
